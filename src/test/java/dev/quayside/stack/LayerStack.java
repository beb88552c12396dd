package dev.quayside.stack;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs what is recognised as guide C's stack, with data in the writable layer of its chat. */
final class LayerStack implements AutoCloseable {

  static final String CHAT = "librechat";

  private static final String COMPOSE =
      """
      services:
        ollama: {image: "quayside-bed/plain:1", stop_signal: SIGKILL}
        mongodb: {image: "quayside-bed/plain:1", stop_signal: SIGKILL}
        meilisearch: {image: "quayside-bed/plain:1", stop_signal: SIGKILL}
        librechat:
          image: quayside-bed/plain:1
          user: "1000:1000"
          stop_grace_period: 1s
          depends_on: [mongodb]
          environment: [SETTING=1]
      """;

  /**
   * A file with another owner and mode, a tree, a symbolic and a hard link, a name beyond ASCII.
   */
  private static final String FILL =
      """
      mkdir -p /app/uploads/tree/deep /app/client/public/images
      echo secret-upload >/app/uploads/file
      echo größe >"/app/uploads/tree/deep/Übersicht – 1.txt"
      printf x >/app/client/public/images/avatar.png
      chown -R 1000:1001 /app/uploads
      chmod 750 /app/uploads/tree
      chmod 600 /app/uploads/file
      ln -s tree/deep /app/uploads/link
      ln /app/uploads/file /app/uploads/hard
      touch -h -d '2021-03-04 05:06:07' /app/uploads/file /app/uploads/link
      touch -d '2022-03-04 05:06:07' /app/uploads/tree
      """;

  /** Everything that has to survive. */
  private static final String TELL =
      """
      cd /app && find uploads client -exec stat -c '%n %F %u:%g %a %Y %h' {} + | sort
      readlink uploads/link
      sha256sum uploads/file uploads/tree/deep/* client/public/images/*
      """;

  private final Bed bed;
  private final BedStack stack;
  final String project;

  LayerStack(Bed bed, Path folder) throws Exception {
    this.bed = bed;
    this.stack = bed.stack(COMPOSE, folder);
    this.project = stack.directory().getFileName().toString();
    for (Path each = stack.directory();
        each != null && !each.equals(Path.of("/tmp"));
        each = each.getParent()) {
      if (Files.getOwner(each).getName().equals(System.getProperty("user.name"))) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    stack.up();
    fill();
  }

  void fill() throws Exception {
    inside(FILL);
  }

  /** Runs a script inside the chat, as root. */
  String inside(String script) throws Exception {
    return bed.docker("exec", "-u", "0", id(), "sh", "-c", script);
  }

  /** Tells all that has to survive of the data. */
  String data() throws Exception {
    return inside(TELL);
  }

  /** Returns name and state of each container of the stack, in the order of the names. */
  List<String> states() throws IOException, InterruptedException {
    return bed.docker(
            "ps",
            "-a",
            "--filter",
            "label=com.docker.compose.project=" + project,
            "--format",
            "{{.Names}} {{.State}}")
        .lines()
        .sorted()
        .toList();
  }

  /** Returns the identities of the chat's containers, stopped ones too; one line each. */
  String ids() throws IOException, InterruptedException {
    return bed.docker(
            "ps",
            "-aq",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + project,
            "--filter",
            "label=com.docker.compose.service=" + CHAT)
        .strip();
  }

  String id() throws IOException, InterruptedException {
    return ids();
  }

  String state() throws Exception {
    return bed.docker("inspect", "-f", "{{.State.Status}}", id()).strip();
  }

  String setting() throws Exception {
    return bed.docker("inspect", "-f", "{{.Config.Env}}", id());
  }

  /** Changes the definition, so that Compose makes the chat anew. */
  void change(String from, String to) throws IOException {
    Path file = stack.directory().resolve("docker-compose.yml");
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  @Override
  public void close() throws Exception {
    stack.close();
  }
}
