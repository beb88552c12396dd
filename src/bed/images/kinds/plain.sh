# A web service of which only the address and the health path matter; the port comes with the command line (`--port`).
ports=8080

answer() {
  case $path in
    / | /health | /healthz) reply 200 '{"status":"ok"}' ;;
    *) not_found ;;
  esac
}
