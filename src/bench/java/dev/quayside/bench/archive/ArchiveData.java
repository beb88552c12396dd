package dev.quayside.bench.archive;

import dev.quayside.bench.AppImage;
import dev.quayside.common.ChildProcess;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes what is saved in the measurements: many small text files, a database file, and data that no
 * compressor makes smaller. The same seed makes the same files, but for the database's blobs.
 */
final class ArchiveData {

  private static final int FILES_A_FOLDER = 6;
  private static final int BLOCK = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Path folder;
  private final Random random;

  private ArchiveData(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  static ArchiveData of(Path folder, long seed) {
    return new ArchiveData(folder, seed);
  }

  /** Makes {@code count} files of about 12 KB out of passages of this repository's sources. */
  void texts(int count) throws IOException {
    List<String> passages = passages();
    for (int number = 0; number < count; number++) {
      int group = number / FILES_A_FOLDER;
      Path place = folder.resolve("texts/%02d/%d".formatted(group % 50, group));
      Files.createDirectories(place);
      StringBuilder text = new StringBuilder();
      int length = 2000 + (int) Math.abs(random.nextGaussian() * 12_500);
      while (text.length() < length) {
        text.append(passages.get(random.nextInt(passages.size())));
      }
      Files.writeString(place.resolve(number + ".txt"), text);
    }
  }

  private static List<String> passages() throws IOException {
    List<Path> sources;
    try (Stream<Path> walk = Files.walk(AppImage.repository().resolve("src/main/java"))) {
      sources = walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
    List<String> passages = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int at = 0; at + 6 <= lines.size(); at += 6) {
        passages.add(String.join("\n", lines.subList(at, at + 6)) + "\n");
      }
    }
    return passages;
  }

  /** Makes a SQLite database of about {@code megabytes}: text, JSON, identifiers and blobs. */
  void database(int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String script =
        """
        PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
        CREATE TABLE message(id INTEGER PRIMARY KEY, chat TEXT, body TEXT, meta TEXT, hash BLOB);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d)
        INSERT INTO message SELECT i, lower(hex(randomblob(16))),
          'The answer to question ' || i || ' is ' || (i * 7919 %% 10007) || ', as was said in chat '
            || (i %% 977) || ' by user ' || (i %% 31) || '; see also ' || (i * 31 %% 65537) || '.',
          '{"role":"assistant","model":"model-' || (i %% 5) || '","tokens":' || (i %% 4096)
            || ',"score":' || (abs(random()) %% 1000) / 1000.0 || '}', randomblob(32) FROM n;
        """
            .formatted(megabytes * 6000);
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(
                List.of("sqlite3", folder.resolve("app.db").toString()),
                Map.of("PATH", "/usr/bin:/bin")),
            new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
            PATIENCE,
            BLOCK);
    if (!result.succeeded()) {
      throw new IOException("sqlite3: " + result.errors().text());
    }
  }

  /** Makes a file of {@code megabytes} that no compressor makes smaller. */
  void noise(int megabytes) throws IOException {
    Files.createDirectories(folder);
    byte[] block = new byte[BLOCK];
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("noise.bin")), BLOCK)) {
      for (int i = 0; i < megabytes; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }
}
