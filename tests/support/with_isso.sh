#!/usr/bin/env bash
# Runs a command with an Isso of its own on this machine, whose address is in OCTAVO_ISSO, and removes it afterwards. A blog
# at http://127.0.0.1:$OCTAVO_BLOG_PORT may use it; another Isso, in which all comments wait, is OCTAVO_ISSO_MODERATED. Isso is neither
# in Debian 12 nor in npm: it has to be on PATH already.
#   tests/support/with_isso.sh node --test tests/comments/engines.test.mjs
set -euo pipefail
source "$(dirname "$0")/await.sh"
command -v isso > /dev/null || { echo "with_isso.sh: there is no isso on PATH; see its own documentation" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/octavo-isso-XXXXXX")
processes=()
stop() {
  kill "${processes[@]}" 2> /dev/null || true
  rm -rf "$folder"
}
trap stop EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start NAME PORT MODERATED
start() {
  cat > "$folder/$1.cfg" <<CONFIG
[general]
dbpath = $folder/$1.db
host = http://127.0.0.1:$OCTAVO_BLOG_PORT/
[server]
listen = http://localhost:$2
[moderation]
enabled = $3
[guard]
enabled = false
CONFIG
  isso -c "$folder/$1.cfg" run > "$folder/$1.log" 2>&1 &
  processes+=($!)
  await $! "$folder/$1.log" curl -fs "http://localhost:$2/info"
}
OCTAVO_BLOG_PORT=$(free_port)
port=$(free_port) moderated_port=$(free_port)
start open "$port" false
start moderated "$moderated_port" true
export OCTAVO_BLOG_PORT OCTAVO_ISSO="http://localhost:$port" OCTAVO_ISSO_MODERATED="http://localhost:$moderated_port"

"$@"
