# A web service of which only the address and the health path matter. `web:PORT[,PORT]:PATH` in the list sets both.
ports=8080

answer() {
  case $path in
    / | /health | /healthz | "${STANDIN_HEALTH:-/health}") reply 200 '{"status":"ok"}' ;;
    *) not_found ;;
  esac
}
