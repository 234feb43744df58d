#!/usr/bin/env bash
# Runs a command with a WordPress of its own on this machine (Debian's, on MariaDB and PHP's own web server), whose address is in
# OCTAVO_WORDPRESS, and removes it afterwards. Files in the folder OCTAVO_WORDPRESS_RULES switch its rules while it runs:
# "flood" (15 seconds between comments), "hold" (everything waits), "members" (only people who signed in).
#   tests/support/with_wordpress.sh node --test tests/comments/engines.test.mjs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/await.sh"
source_folder=/usr/share/wordpress
for needed in mariadbd php; do
  command -v $needed > /dev/null || { echo "with_wordpress.sh: $needed is missing: apt-get install wordpress mariadb-server php-cli php-mysql" >&2; exit 1; }
done
[ -d "$source_folder" ] || { echo "with_wordpress.sh: WordPress is missing: apt-get install wordpress" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/octavo-wordpress-XXXXXX")
database_process= web_process=
stop() {
  [ -z "$web_process" ] || kill "$web_process" 2> /dev/null || true
  [ -z "$database_process" ] || { kill "$database_process" && wait "$database_process"; } 2> /dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
say_and_fail() { cat "$1" >&2; exit 1; }

# A socket in the folder instead of a port: nothing else can be there.
as_user=(--user="$(id -un)")
mariadb-install-db --no-defaults "${as_user[@]}" --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db > "$folder/install.log" 2>&1 ||
  say_and_fail "$folder/install.log"
mariadbd --no-defaults "${as_user[@]}" --datadir="$folder/data" --socket="$folder/socket" --pid-file="$folder/pid" --skip-networking \
  --innodb-flush-log-at-trx-commit=0 > "$folder/database.log" 2>&1 &
database_process=$!
await $database_process "$folder/database.log" mariadb-admin --socket="$folder/socket" --user=root ping
mariadb --socket="$folder/socket" --user=root -e "CREATE DATABASE wordpress"

port=$(php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($s, false))[1];')
export OCTAVO_WORDPRESS="http://localhost:$port" OCTAVO_WORDPRESS_RULES="$folder/rules"
export OCTAVO_WORDPRESS_SOCKET="$folder/socket"
mkdir "$folder/rules"
cp -rL "$source_folder" "$folder/site"
rm -f "$folder/site/wp-config.php"
cp "$here/wordpress/wp-config.php" "$folder/site/"
mkdir -p "$folder/site/wp-content/mu-plugins"
cp "$here/wordpress/rules.php" "$folder/site/wp-content/mu-plugins/"
php "$here/wordpress/install.php" "$folder/site" > "$folder/install.log" 2>&1 || say_and_fail "$folder/install.log"
# Several at once, because browsers send parallel requests.
PHP_CLI_SERVER_WORKERS=4 php -S "localhost:$port" -t "$folder/site" "$here/wordpress/router.php" > "$folder/web.log" 2>&1 &
web_process=$!
await $web_process "$folder/web.log" curl -fs "$OCTAVO_WORDPRESS/wp-json/wp/v2/posts"

"$@"
