package dev.quayside.backup.drill;

/**
 * Names the servers that a drill starts on their files, and how each is started and asked. All
 * scripts run in a container without network, for its loopback address only, and need no secret:
 * without a key of its own each of these servers lets everybody in.
 */
enum Server {
  /** MongoDB (mongodb.com/docs/manual/reference/program/mongod); its own shell asks. */
  MONGO(
      "mongod",
      27017,
      "WiredTiger",
      """
      ask=$(command -v mongosh || command -v mongo) && command -v mongod >/dev/null || exit 97
      mongod --dbpath "$PWD" --bind_ip 127.0.0.1 --port 27017 --nounixsocket >"$log" 2>&1 &
      up() { "$ask" --quiet --norc --eval 'quit(db.runCommand({ping: 1}).ok ? 0 : 1)' >/dev/null 2>&1; }
      """),
  /** Meilisearch (meilisearch.com/docs/learn/self_hosted/configure_meilisearch_at_launch). */
  MEILISEARCH(
      "meilisearch",
      7700,
      "VERSION",
      """
      command -v meilisearch >/dev/null || exit 97
      env -u MEILI_MASTER_KEY MEILI_ENV=development meilisearch --db-path "$PWD" \
        --http-addr 127.0.0.1:7700 --no-analytics >"$log" 2>&1 &
      up() { get 7700 /health; }
      """),
  /** Qdrant (qdrant.tech/documentation/guides/configuration); it reads settings where it starts. */
  QDRANT(
      "qdrant",
      6333,
      "raft_state.json",
      """
      program=$(command -v qdrant || echo /qdrant/qdrant) && [ -x "$program" ] || exit 97
      data=$PWD; if [ -d /qdrant ]; then cd /qdrant; fi
      QDRANT__STORAGE__STORAGE_PATH=$data QDRANT__STORAGE__SNAPSHOTS_PATH=$data/../snapshots \
        QDRANT__SERVICE__HOST=127.0.0.1 QDRANT__TELEMETRY_DISABLED=true "$program" >"$log" 2>&1 &
      up() { get 6333 /readyz; }
      """);

  /** Where the files of the server lie in the container. */
  static final String DATA = FileCheck.FOLDER + "/data/";

  /** Exit status of a script that finds no folder of the server. */
  static final int NO_DATA = 96;

  /** Exit status of a script whose image lacks a program. */
  static final int NO_TOOL = 97;

  /** Defines {@code get PORT PATH}: prints what a server here answers, fails unless it is good. */
  static final String GET =
      """
      get() {
        if command -v curl >/dev/null 2>&1; then curl -fsS "http://127.0.0.1:$1$2"
        elif command -v wget >/dev/null 2>&1; then wget -qO- "http://127.0.0.1:$1$2"
        elif command -v bash >/dev/null 2>&1; then
          bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n" "$1" >&3 || exit 1
            read -r _ status _ <&3; while read -r line && [ "${line%?}" ]; do :; done <&3; cat <&3; [ "$status" = 200 ]' "$1" "$2"
        else exit 97
        fi
      }
      """;

  private static final String AWAIT =
      """
      until up >/dev/null 2>&1; do
        kill -0 $! 2>/dev/null || { tail -n 20 "$log" >&2; exit 1; }
        sleep 0.3
      done
      """;

  private final String program;
  private final int port;
  private final String mark;
  private final String start;

  /**
   * Names a server.
   *
   * @param mark a file by which its folder is known among all that its service has mounted
   */
  Server(String program, int port, String mark, String start) {
    this.program = program;
    this.port = port;
    this.mark = mark;
    this.start = start;
  }

  String program() {
    return program;
  }

  /** Returns what the file is called by which its folder is known. */
  String mark() {
    return mark;
  }

  int port() {
    return port;
  }

  /** Returns the script that starts it on its folder in {@link #DATA} and ends when it answers. */
  String script() {
    return "log="
        + FileCheck.FOLDER
        + "/log\nmark=$(find "
        + DATA
        + " -maxdepth 3 -type f -name "
        + mark
        + " 2>/dev/null | head -n 1)\n[ \"$mark\" ] && cd \"${mark%/*}\" || exit "
        + NO_DATA
        + "\n"
        + GET
        + start
        + AWAIT;
  }
}
