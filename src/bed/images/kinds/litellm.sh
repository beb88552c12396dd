# LiteLLM without a database: a wrong key is answered with 400 and the words "No connected db.", a missing one with 401.
# /health asks for the key as well, so a health check on it stays red.
ports=4000
workdir=/app

answer() {
  local token key=${LITELLM_MASTER_KEY:-}
  case $path in
    /health/readiness) reply 200 '{"status":"healthy","db":"Not connected","litellm_version":"1.81.3"}' ;;
    /health/liveliness | /health/liveness) reply 200 '"I am alive!"' ;;
    / | /docs) page "LiteLLM API" ;;
    *)
      token=$(bearer)
      if [ -n "$key" ] && [ -z "$token" ]; then
        reply 401 '{"error":{"message":"Authentication Error, No api key passed in.","type":"auth_error","param":"None","code":"401"}}'
      elif [ -n "$key" ] && [ "$token" != "$key" ]; then
        reply 400 '{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}'
      else
        case $path in
          /health) reply 200 '{"healthy_endpoints":[],"unhealthy_endpoints":[],"healthy_count":0,"unhealthy_count":0}' ;;
          /v1/models | /models) reply 200 "$(models default)" ;;
          /v1/chat/completions | /chat/completions) reply 200 "$completion" ;;
          *) not_found ;;
        esac
      fi
      ;;
  esac
}
