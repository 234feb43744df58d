#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, whose address is in OCTAVO_POSTGRES, and removes it afterwards.
#   tests/support/with_postgres.sh build/release/test_comment_server
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "with_postgres.sh: PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/octavo-postgres-XXXXXX")
as_server=()
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$folder"
  # Files of root stay open to it: on a machine whose /dev/null only root may write, initdb fails otherwise.
  as_server=(setpriv --reuid postgres --regid postgres --clear-groups --inh-caps +dac_override --ambient-caps +dac_override)
fi
chmod 711 "$folder" # the command may be another user, who needs the socket
stop() {
  "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

# A socket in the folder instead of a port: nothing else can be there.
(cd "$folder" && "${as_server[@]}" "$bin/initdb" -D "$folder/data" -U octavo --auth=trust -E UTF8 --locale=C.UTF-8 > "$folder/initdb.log" 2>&1) ||
  { cat "$folder/initdb.log" >&2; exit 1; }
(cd "$folder" && "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 180 -o "-c listen_addresses='' -c unix_socket_directories='$folder'" start > /dev/null) ||
  { cat "$folder/data/server.log" >&2; exit 1; }

OCTAVO_POSTGRES="host=$folder user=octavo dbname=postgres" "$@"
