# For scripts that start servers: waits until one answers. The bound only ends what would never end.

# await PROCESS LOG COMMAND...: repeats the command until it succeeds; shows the log and ends the script when the process ends before.
await() {
  local process=$1 log=$2 end=$((SECONDS + 180))
  shift 2
  until "$@" > /dev/null 2>&1; do
    if ! kill -0 "$process" 2> /dev/null || [ "$SECONDS" -ge "$end" ]; then
      cat "$log" >&2
      exit 1
    fi
    sleep 0.5
  done
}
