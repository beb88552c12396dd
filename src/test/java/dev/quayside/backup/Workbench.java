package dev.quayside.backup;

import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Sets up a home, a journal and a tree of files, and runs backups on them. */
final class Workbench {

  static final String PASSPHRASE = "open sesame";
  static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");

  final Path root;
  final Home home;
  final Path source;
  final Path shelf;

  Workbench(Path root) throws IOException {
    this.root = root;
    this.home =
        new Home(
            root.resolve("home/config"), root.resolve("home/state"), root.resolve("home/cache"));
    this.source = Files.createDirectories(root.resolve("data"));
    this.shelf = Files.createDirectories(root.resolve("backups"));
    home.create();
  }

  Journal journal() throws ProblemException {
    return Journal.open(home, InstantSource.fixed(NOW));
  }

  static PassphraseSource passphrase(String text) {
    return purpose -> Secret.owning(text.toCharArray());
  }

  static Unlocking unlocking() {
    return Unlocking.passphrase(passphrase(PASSPHRASE));
  }

  BackupScope scope() {
    return new BackupScope(
        "demo",
        "generic",
        List.of(new BackupScope.Folder("data", source)),
        List.of(),
        List.of(),
        List.of(new BackupScope.Service("web", "nginx:1.27", "sha256:abc")),
        List.of(new BackupScope.LeftOut("/models", "weights can be fetched again")));
  }

  BackupRequest request() {
    return new BackupRequest(
        scope(), shelf, new Protection.Passphrase(passphrase(PASSPHRASE)), Compression.ZSTD);
  }

  BackupCreation creation(StepBoundary steps) throws ProblemException {
    return new BackupCreation(home, journal(), InstantSource.fixed(NOW), steps);
  }

  Restore restore(StepBoundary steps) throws ProblemException {
    return new Restore(home, journal(), InstantSource.fixed(NOW), steps);
  }

  SecondCopy copy(StepBoundary steps) throws ProblemException {
    return new SecondCopy(home, journal(), steps);
  }

  ArchiveRemoval removal(StepBoundary steps) throws ProblemException {
    return new ArchiveRemoval(home, journal(), steps);
  }

  /** Returns the one archive on the shelf. */
  ShelvedArchive only() throws ProblemException {
    return new BackupShelf(home).list().getLast();
  }

  /** Returns what Quayside wrote into the folder of archives. */
  List<ShelvedArchive> own() throws ProblemException {
    return removal(StepBoundary.none()).own("demo", shelf);
  }

  BackupVerification verification() {
    return new BackupVerification(new BackupShelf(home), InstantSource.fixed(NOW));
  }

  /** Makes an archive of the tree and returns its path. */
  Path archive() throws ProblemException {
    return switch (creation(StepBoundary.none()).run(request(), Progress.none())) {
      case Outcome.Done<BackupReceipt> done -> done.receipt().archive();
      case Outcome<BackupReceipt> other -> throw new AssertionError("not done: " + other);
    };
  }

  Outcome<RestoreReceipt> restoreTo(Path archive, Path folder) throws ProblemException {
    return restore(StepBoundary.none())
        .run(new RestoreRequest(archive, unlocking(), folder), Progress.none());
  }

  /** Fills the source with everything that a tree can hold and Java can make. */
  void makeEdgeTree() throws IOException {
    Files.write(source.resolve("empty"), new byte[0]);
    Files.write(source.resolve("text.txt"), "hello\n".getBytes());
    Files.write(source.resolve("random.bin"), random(700_000, 3));
    Files.write(source.resolve("zeros"), new byte[1_000_000]);
    Files.write(source.resolve("block"), random(512, 4));
    Path deep = source;
    for (int i = 0; i < 9; i++) {
      deep = Files.createDirectory(deep.resolve("n".repeat(80) + i));
    }
    Files.writeString(deep.resolve("bottom"), "deep");
    Files.createDirectory(source.resolve("empty folder"));
    Files.writeString(source.resolve("new\nline"), "n");
    Files.writeString(source.resolve("Größe ☃"), "u");
    Files.writeString(
        Path.of(
            java.net.URI.create(
                "file://" + source.toUri().getRawPath().replaceAll("/$", "") + "/bad%FF%FEname")),
        "b");
    Files.createSymbolicLink(source.resolve("inside"), Path.of("text.txt"));
    Files.createSymbolicLink(source.resolve("dangling"), Path.of("nowhere/at/all"));
    Files.createSymbolicLink(source.resolve("absolute"), Path.of("/etc/hostname"));
    Files.createSymbolicLink(source.resolve("long link"), Path.of("x/".repeat(90) + "y"));
    Files.createSymbolicLink(source.resolve("umlaut link"), Path.of("Größe ☃"));
    Files.createLink(source.resolve("hard"), source.resolve("random.bin"));
    Files.createDirectory(source.resolve("sub"));
    Files.createLink(source.resolve("sub/hard too"), source.resolve("random.bin"));
    mode("text.txt", 0640);
    mode("block", 04755);
    mode("empty folder", 01777);
    mode("zeros", 0400);
    Files.setLastModifiedTime(
        source.resolve("text.txt"),
        FileTime.from(Instant.ofEpochSecond(1_600_000_000L, 123_456_789)));
    Files.setLastModifiedTime(
        source.resolve("empty"), FileTime.from(Instant.ofEpochSecond(3_000_000_000L, 1)));
    Files.setLastModifiedTime(
        source.resolve("block"), FileTime.from(Instant.ofEpochSecond(-86_400)));
    Files.setLastModifiedTime(
        source.resolve("sub"), FileTime.from(Instant.ofEpochSecond(1_500_000_000L, 500)));
  }

  private void mode(String name, int mode) throws IOException {
    Files.setAttribute(source.resolve(name), "unix:mode", mode);
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /**
   * Describes everything below {@code folder}: names, kinds, modes, owners, times, links and
   * contents.
   */
  static List<String> describe(Path folder) throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    List<String> names = new ArrayList<>();
    FolderWalk.walk(
        folder,
        new FolderWalk.Visitor() {
          private final java.util.Map<Long, String> inodes = new java.util.HashMap<>();

          @Override
          public void found(Path path, dev.quayside.backup.tar.RawPath relative, FileFacts facts)
              throws IOException {
            String content =
                switch (facts.kind()) {
                  case FILE ->
                      Arrays.hashCode(Files.readAllBytes(path))
                          + " first="
                          + (facts.links() > 1
                              ? inodes.computeIfAbsent(facts.inode(), i -> relative.toString())
                              : "");
                  case LINK ->
                      java.util.HexFormat.of()
                          .formatHex(RawPaths.of(Files.readSymbolicLink(path)).bytes());
                  default -> "";
                };
            long micros = facts.modified().nanos() / 1000;
            boolean link = Files.isSymbolicLink(path);
            found.put(
                java.util.HexFormat.of().formatHex(relative.bytes()),
                relative
                    + " "
                    + facts.kind()
                    + " "
                    + (link ? "" : Integer.toOctalString(facts.mode()))
                    + " "
                    + facts.user()
                    + ":"
                    + facts.group()
                    + " "
                    + facts.modified().seconds()
                    + "."
                    + (link ? micros : facts.modified().nanos())
                    + " "
                    + content);
          }

          @Override
          public void unreadable(Path path, IOException why) {
            throw new AssertionError("unreadable: " + path, why);
          }
        });
    names.addAll(found.values());
    return names;
  }

  /** Returns how often each announcement in the journal was ended, by its action. */
  List<String> endings() throws ProblemException {
    Map<String, Integer> ended = new LinkedHashMap<>();
    Map<String, String> actions = new HashMap<>();
    for (JournalEntry entry : journal().entries()) {
      actions.put(entry.intent(), entry.action());
      int ends =
          switch (entry.kind()) {
            case INTENT, STEP, NOTE -> 0;
            case DONE, FAILED, ATTENTION -> 1;
          };
      ended.merge(entry.intent(), ends, Integer::sum);
    }
    return ended.entrySet().stream()
        .map(one -> actions.get(one.getKey()) + " " + one.getValue())
        .distinct()
        .toList();
  }

  /** Lists the names in {@code folder}, hidden ones too. */
  static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
