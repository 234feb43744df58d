#!/usr/bin/env bash
# Runs a command with an Isso of its own on this machine, whose address is in OCTAVO_ISSO; afterwards nothing is left of it. Isso is
# neither in Debian 12 nor in npm: it has to be on PATH already.
#   tests/support/with_isso.sh node --test tests/comments/engines.test.mjs
set -euo pipefail
command -v isso > /dev/null || { echo "with_isso.sh: there is no isso on PATH; see its own documentation" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/octavo-isso-XXXXXX")
process=
stop() {
  [ -z "$process" ] || kill "$process" 2> /dev/null || true
  rm -rf "$folder"
}
trap stop EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("localhost", 0)); print(s.getsockname()[1])')
cat > "$folder/isso.cfg" <<CONFIG
[general]
dbpath = $folder/comments.db
host = http://localhost/
[server]
listen = http://localhost:$port
[guard]
enabled = false
CONFIG
isso -c "$folder/isso.cfg" run > "$folder/log" 2>&1 &
process=$!
export OCTAVO_ISSO="http://localhost:$port"
for _ in $(seq 60); do
  curl -fs "$OCTAVO_ISSO/info" > /dev/null && break
  kill -0 $process 2> /dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.5
done

"$@"
