package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the real programs read environment files, many at once in one process. */
final class RealReaders {

  /** Debian's Python, which has Debian's python3-dotenv; another one may come first on the path. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String PYTHON_SCRIPT =
      """
      import dotenv, json, logging, os, sys
      logging.disable(logging.CRITICAL)
      os.environ.clear()
      answers = []
      for path in sys.argv[1:]:
          try:
              values = dotenv.dotenv_values(path)
              answers.append({k: v for k, v in values.items() if v is not None})
          except UnicodeDecodeError:
              answers.append(None)
      json.dump(answers, sys.stdout)
      """;

  // What a file does must not outlive it, so each is read by a shell of its own.
  private static final String BASH_SCRIPT =
      """
      names=$1; shift
      for file; do
        ( set -f; PATH=/nonexistent
          . "$file" >/dev/null 2>&1 </dev/null
          for name in $names; do
            if [[ -v $name ]]; then printf '%s=%s\\0' "$name" "${!name}"; fi
          done ); printf '\\0'
      done
      """;

  /** Names a folder with the Node package dotenv; Debian has none, so it is not always there. */
  private static final String NODE = "QUAYSIDE_NODE_DOTENV";

  private static final String NODE_SCRIPT =
      """
      const dotenv = require(process.argv[1]), fs = require('fs')
      const answers = process.argv.slice(2).map(file => dotenv.parse(fs.readFileSync(file)))
      process.stdout.write(JSON.stringify(answers))
      """;

  private final Path folder;
  private final List<String> compose;
  private final @Nullable Map<String, String> composeEnvironment;

  RealReaders(Path folder) {
    this(folder, List.of("docker", "compose"), null);
  }

  /** Takes another way to call Compose, which needs no engine to read files. */
  RealReaders(Path folder, List<String> compose, @Nullable Map<String, String> composeEnvironment) {
    this.folder = folder;
    this.compose = compose;
    this.composeEnvironment = composeEnvironment;
  }

  /** Returns for each file what a bash has set after sourcing it, of {@code names}. */
  List<Map<String, String>> bash(List<Path> files, List<String> names) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("bash", "-c", BASH_SCRIPT, "sh", String.join(" ", names)));
    files.forEach(file -> words.add(file.toString()));
    String output =
        run(
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/nonexistent"),
            words.toArray(String[]::new));
    List<Map<String, String>> read = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : output.split("\0", -1)) {
      if (part.isEmpty()) {
        read.add(values);
        values = new LinkedHashMap<>();
      } else {
        int sign = part.indexOf('=');
        values.put(part.substring(0, sign), part.substring(sign + 1));
      }
    }
    return read.subList(0, files.size());
  }

  /** Returns for each file what python-dotenv reads; null where it cannot read the file. */
  List<Map<String, String>> python(List<Path> files) throws Exception {
    List<String> words = new ArrayList<>(List.of(PYTHON, "-c", PYTHON_SCRIPT));
    files.forEach(file -> words.add(file.toString()));
    String json =
        run(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"), words.toArray(String[]::new));
    List<Map<String, String>> read = new ArrayList<>();
    for (JsonNode node : JsonMapper.builder().build().readTree(json)) {
      read.add(node.isNull() ? null : texts(node));
    }
    return read;
  }

  /** Returns whether the package dotenv of Node can be asked here. */
  static boolean hasNode() {
    return System.getenv(NODE) != null;
  }

  /** Returns for each file what the package dotenv of Node reads. */
  List<Map<String, String>> node(List<Path> files) throws Exception {
    List<String> words = new ArrayList<>(List.of("node", "-e", NODE_SCRIPT, System.getenv(NODE)));
    files.forEach(file -> words.add(file.toString()));
    String json = run(Map.of("PATH", "/usr/bin:/bin"), words.toArray(String[]::new));
    List<Map<String, String>> read = new ArrayList<>();
    for (JsonNode node : JsonMapper.builder().build().readTree(json)) {
      read.add(texts(node));
    }
    return read;
  }

  /**
   * Returns for each file what Compose reads of {@code names}, those that are empty or not set left
   * out; one process for all. The files must be such that Compose can read them.
   */
  List<Map<String, String>> compose(List<Path> files, List<String> names) throws Exception {
    ChildProcess.Result result = config(files);
    assertThat(result.succeeded()).as(result.errors().text()).isTrue();
    JsonNode services =
        JsonMapper.builder().build().readTree(result.output().text()).path("services");
    List<Map<String, String>> read = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Map<String, String> values = new LinkedHashMap<>();
      JsonNode environment = services.path("s" + i).path("environment");
      for (String name : names) {
        if (environment.path(name).isString()) {
          // In its output Compose writes two signs for one, so that it can be read as an input.
          values.put(name, environment.path(name).stringValue().replace("$$", "$"));
        }
      }
      read.add(values);
    }
    return read;
  }

  /** Returns whether Compose reads all of these files. */
  boolean composeReads(List<Path> files) throws Exception {
    return config(files).succeeded();
  }

  private ChildProcess.Result config(List<Path> files) throws Exception {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < files.size(); i++) {
      text.append("  s").append(i).append(":\n    image: none\n    env_file:\n      - ");
      text.append(JsonMapper.builder().build().writeValueAsString(files.get(i).toString()));
      text.append('\n');
    }
    Path project = Files.createTempDirectory(folder, "compose");
    Files.writeString(project.resolve("docker-compose.yml"), text);
    Files.writeString(project.resolve(".env"), "");
    List<String> words = new ArrayList<>(compose);
    words.addAll(List.of("--project-directory", project.toString(), "config", "--format", "json"));
    return ask(
        composeEnvironment == null ? Bed.required().environment() : composeEnvironment, words);
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().stringValue()));
    return values;
  }

  private String run(Map<String, String> environment, String... words) throws Exception {
    ChildProcess.Result result = ask(environment, List.of(words));
    assertThat(result.succeeded()).as(result.errors().text()).isTrue();
    return new String(result.output().bytes(), StandardCharsets.UTF_8);
  }

  private ChildProcess.Result ask(Map<String, String> environment, List<String> words)
      throws Exception {
    return ChildProcess.run(
        new ChildProcess.Command(words, environment, folder),
        null,
        Duration.ofSeconds(300),
        64 * 1024 * 1024);
  }
}
