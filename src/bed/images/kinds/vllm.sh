# vLLM and the llama.cpp server: open to everybody unless started with --api-key, which guards only the paths below /v1.
ports=8000

answer() {
  local key=${STANDIN_API_KEY:-${VLLM_API_KEY:-}}
  case $path in
    /health | /ping) reply 200 '{"status":"ok"}' ;;
    /version) reply 200 '{"version":"0.15.1"}' ;;
    /metrics) reply 200 '# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{model_name="bed"} 0
' 'text/plain; version=0.0.4' ;;
    /v1/*)
      if [ -n "$key" ] && [ "$(bearer)" != "$key" ]; then
        reply 401 '{"error":"Unauthorized"}'
      elif [ "$path" = /v1/models ]; then
        reply 200 "$(models "${STANDIN_MODEL:-default}")"
      elif [ "$path" = /v1/chat/completions ]; then
        reply 200 "$completion"
      else
        not_found
      fi
      ;;
    *) not_found ;;
  esac
}
