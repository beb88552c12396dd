package dev.quayside.secrets;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs the part of fixture B1 that a rotation of LITELLM_KEY concerns: the profiled gateway, two
 * peers of which one has the environment file mounted by itself, and what makes the stack
 * recognisable.
 */
final class LitellmStack implements AutoCloseable {

  static final String PROJECT = "dream-server";
  static final String KEY = "LITELLM_KEY";

  private static final List<String> SERVICES =
      List.of("litellm", "vllm", "open-webui", "dashboard-api", "dashboard");
  private static final int USER = 12345;

  final Bed bed;
  final Path folder;
  final Path env;
  private final BedStack stack;
  private final List<String> compose;

  /** Starts it; files in {@code folder} belong to the unprivileged user afterwards. */
  LitellmStack(Bed bed, Path folder, String... overlays) throws Exception {
    this.bed = bed;
    this.folder = folder;
    this.stack = bed.fixture("b1", folder);
    this.env = folder.resolve("dream-server/.env");
    List<String> words = new ArrayList<>(List.of("compose"));
    List<Path> files = new ArrayList<>(List.of(folder.resolve("dream-server/docker-compose.yml")));
    files.add(folder.resolve("bed.yml"));
    files.add(folder.resolve("quick.yml"));
    for (int i = 0; i < overlays.length; i++) {
      files.add(Files.writeString(folder.resolve("overlay" + i + ".yml"), overlays[i]));
    }
    files.forEach(file -> words.addAll(List.of("-f", file.toString())));
    words.addAll(List.of("--profile", "monitoring"));
    this.compose = List.copyOf(words);
    open(folder);
    giveAway(folder);
    docker("up", "-d", "--no-deps", SERVICES);
  }

  private void docker(String verb, String option, String other, List<String> rest)
      throws Exception {
    List<String> words = new ArrayList<>(compose);
    words.addAll(List.of(verb, option, other));
    words.addAll(rest);
    bed.docker(words.toArray(String[]::new));
  }

  private static void open(Path folder) throws IOException {
    for (Path each = folder;
        each != null && !each.equals(Path.of("/tmp"));
        each = each.getParent()) {
      if (Files.getOwner(each).getName().equals(System.getProperty("user.name"))) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  static void giveAway(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        // What fixtures give to other ids on purpose stays theirs.
        if (Files.getAttribute(file, "unix:uid").equals(0)) {
          Files.setAttribute(file, "unix:uid", USER);
          Files.setAttribute(file, "unix:gid", USER);
        }
      }
    }
  }

  /** Returns the key that the file holds. */
  String key() throws IOException {
    return Files.readAllLines(env).stream()
        .filter(line -> line.startsWith(KEY + "="))
        .map(line -> line.substring(KEY.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns the SHA-256 of the file with the key's value cut out: what a rotation must never
   * change.
   */
  String hashWithoutKey() throws Exception {
    String text = Files.readString(env, StandardCharsets.ISO_8859_1).replace(key(), "");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().formatHex(hash);
  }

  /** Returns the status the gateway answers to {@code key}; 0 while nobody answers. */
  static int ask(String key) {
    try {
      HttpURLConnection call =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:14000/v1/models").toURL().openConnection();
      call.setConnectTimeout(2000);
      call.setReadTimeout(5000);
      call.setRequestProperty("Authorization", "Bearer " + key);
      return call.getResponseCode();
    } catch (IOException unreachable) {
      return 0;
    }
  }

  /** Returns the identity of each container of the project by name. */
  Map<String, String> containers() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    String list =
        bed.docker(
            "ps",
            "-a",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + PROJECT,
            "--format",
            "{{.Names}} {{.ID}}");
    list.lines().forEach(line -> ids.put(line.split(" ")[0], line.split(" ")[1]));
    return ids;
  }

  /** Returns the environment file as the container sees it that has mounted it by itself. */
  String envInDashboard() throws Exception {
    return bed.docker("exec", "dream-dashboard-api", "cat", "/dream-server/.env");
  }

  @Override
  public void close() throws Exception {
    stack.close();
  }
}
