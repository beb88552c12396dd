# The gateway of guide A: two keys, one for each role; ROUTER_API_KEY is given to it and read by nothing.
ports=8000

allowed() {
  [ "${ROUTER_REQUIRE_API_KEY:-true}" != false ] || return 0
  local token
  token=$(bearer)
  [ -n "$token" ] || return 1
  [ "$token" = "${WEBUI_API_KEY:-}" ] || [ "$token" = "${N8N_API_KEY:-}" ]
}

answer() {
  case $path in
    /healthz) reply 200 '{"status":"ok"}' ;;
    /v1/*)
      allowed || {
        reply 401 '{"detail":"Invalid or missing API key"}'
        return
      }
      case $path in
        /v1/models) reply 200 "$(models llama31-8b-instruct deepseek-r1-8b qwen-coder-7b bge-m3)" ;;
        /v1/chat/completions | /v1/embeddings | /v1/rerank)
          reply 409 '{"detail":{"code":"container_missing","message":"the model container was never created"}}' ;;
        *) not_found ;;
      esac
      ;;
    *) not_found ;;
  esac
}
