# Ollama: no authentication at all.
ports=11434
folders="0:/root/.ollama"

answer() {
  case $path in
    /) reply 200 'Ollama is running' 'text/plain; charset=utf-8' ;;
    /api/version) reply 200 '{"version":"0.1.27"}' ;;
    /api/tags) reply 200 '{"models":[{"name":"tinyllama:latest","model":"tinyllama:latest","modified_at":"2025-04-06T10:00:00Z","size":637700138,"digest":"2644915ede352ea7bdfaff0bfac0be74c719d5d5202acb63a6fb095b52f394a4"}]}' ;;
    /v1/models) reply 200 "$(models tinyllama:latest)" ;;
    /v1/chat/completions) reply 200 "$completion" ;;
    *) not_found ;;
  esac
}
