# What the scripts of foreign verifiers share; they source it from the repository's root.

# Starts a sandbox from the WAR, sets $url, and ends the sandbox when the script ends. Usage: start_service LOG
start_service() {
  rm -f "$1.url" # Here, since the URL of an earlier run would be read else.
  java -jar server/target/login-token.war sandbox --ready-file "$1.url" --log-file "$1" &
  service=$!
  trap 'kill "$service"' EXIT
  until [ -e "$1.url" ]; do
    kill -0 "$service" || exit 1
    sleep 0.2
  done
  url=$(cat "$1.url")
}

# Runs a verifier on the wrong Pact file. It must fail, and say why in one line for each interaction. The lines are those that
# contract-tests/README.md quotes. Usage: must_refuse NAME LOG COMMAND...
must_refuse() {
  local name=$1 log=$2 line
  shift 2
  if "$@" > "$log" 2>&1; then
    echo "$name: it accepted the wrong Pact file"
    exit 1
  fi
  sed -i 's/\x1b\[[0-9;]*m//g' "$log" # Colours.
  for line in \
      "refused:There_is_no_provider_state_'a_user_with_an_identifer'._The_nearest_is_'a_user_with_an_identifier'." \
      "refused:The_provider_state_needs_the_parameter_'seconds'." \
      "expected 200 but was 400" \
      "There were 3 pact failures"; do
    grep -qF "$line" "$log" || { echo "$name does not say: $line"; cat "$log"; exit 1; }
  done
  echo "$name: the wrong Pact file fails, with one line for each reason"
}
