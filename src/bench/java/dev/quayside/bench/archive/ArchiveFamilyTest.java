package dev.quayside.bench.archive;

import dev.quayside.bench.AppImage;
import dev.quayside.bench.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Measures making and restoring archives beside what people type, beside the best pipe of the same
 * tools, and beside restic and borg, on the same data in the same run, a fresh process each time;
 * they take turns. Started by {@code ./check --full archive}; it asserts no figure. System
 * properties: {@code quayside.archive.rounds} (default 3), {@code quayside.archive.percent} of the
 * data (100), {@code quayside.archive.large}, gigabytes of the large archive (20; 0 for none).
 */
@Tag("full")
@Tag("full-archive")
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // Both tests write into the same figures.
class ArchiveFamilyTest {

  private static final int TEXTS = 30_000;
  private static final int DATABASE = 514;
  private static final int NOISE = 500;
  private static final String GPG =
      "gpg --batch --no-tty --pinentry-mode loopback --passphrase-file \"$1\"";
  private static final String NAIVE = "tar -C \"$2\" -cz . | " + GPG + " -o \"$3\" -c";
  private static final String TUNED =
      "tar -C \"$2\" --zstd -c . | " + GPG + " --compress-algo none -o \"$3\" -c";
  private static final String UNPACK = GPG + " -d \"$3\" | tar -C \"$2\" -xz";
  private static final String RESTIC = "restic -q -r \"$3\" backup \"$2\"";
  private static final String BORG = "borg create --compression zstd,3 \"$3::one\" \"$2\"";

  private final int rounds = Integer.getInteger("quayside.archive.rounds", 3);
  private final int percent = Integer.getInteger("quayside.archive.percent", 100);
  private final int gigabytes = Integer.getInteger("quayside.archive.large", 20);
  private final Figures figures = new Figures("archive");
  private final Map<String, List<Timed>> runs = new LinkedHashMap<>();

  private Path folder;
  private Path passphrase;
  private int restores;

  @BeforeEach
  void makeAFolder() throws IOException {
    // Beside the build, because the folder for temporary files may be in memory.
    folder = Files.createDirectories(AppImage.repository().resolve("target/bench-archive"));
    remove(folder);
    Files.createDirectories(folder);
    Files.createDirectory(
        folder.resolve("gnupg"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    passphrase = Files.writeString(folder.resolve("passphrase"), "bench\n");
  }

  @AfterEach
  void removeIt() throws Exception {
    Timed.of(folder, "gpgconf --kill all", List.of());
    remove(folder);
  }

  @Test
  void archivesAreMadeAndRestoredBesideTheirPeers() throws Exception {
    Path texts = Files.createDirectories(folder.resolve("data/small"));
    Path bulk = Files.createDirectories(folder.resolve("data/bulk"));
    ArchiveData.of(texts, 1).texts(TEXTS * percent / 100);
    ArchiveData.of(bulk, 2).database(DATABASE * percent / 100);
    ArchiveData.of(bulk, 3).noise(NOISE * percent / 100);
    figures.number("data, MB", size(folder.resolve("data")) / 1e6);
    for (int round = 0; round < rounds; round++) {
      create(folder.resolve("data"));
      restore(round, "small files", texts);
      restore(round, "bulk", bulk);
      write();
    }
  }

  @Test
  void memoryAndThePreviewDoNotGrowWithTheArchive() throws Exception {
    if (gigabytes == 0) {
      return;
    }
    Path large = Files.createDirectories(folder.resolve("large"));
    ArchiveData.of(large, 4).noise(gigabytes * 1024);
    Path archive = folder.resolve("large.gpg");
    Timed made = ours("create", large, archive);
    remove(large);
    figures.number("large, data, GiB", gigabytes);
    figures.json("large, create", made.json());
    figures.number("large, create, peak MB", Double.parseDouble(made.output()) / 1024);
    Timed seen = ours("preview", archive);
    figures.json("large, preview", seen.json());
    Timed verified = ours("verify", archive);
    figures.json("large, verify", verified.json());
    figures.number("large, verify, peak MB", Double.parseDouble(verified.output()) / 1024);
    Timed restored = ours("restore", archive, folder.resolve("large again"));
    figures.json("large, restore", restored.json());
    figures.number("large, restore, peak MB", Double.parseDouble(restored.output()) / 1024);
  }

  private void create(Path data) throws Exception {
    for (String name : List.of("tar | gpg", "tuned pipe", "ours", "restic", "borg")) {
      Path target = folder.resolve("target");
      Timed timed =
          switch (name) {
            case "tar | gpg" -> shell(NAIVE, data, target);
            case "tuned pipe" -> shell(TUNED, data, target);
            case "ours" -> ours("create", data, target);
            case "restic" -> after("restic -q -r \"$3\" init", RESTIC, data, target);
            default -> after("borg init -e repokey-blake2 \"$3\"", BORG, data, target);
          };
      note("create, " + name, timed);
      figures.number("create, " + name + ", archive MB", size(target) / 1e6);
      if (name.equals("ours")) {
        figures.number("create, peak MB", Double.parseDouble(timed.output()) / 1024);
      }
      removeAll("target");
    }
  }

  /**
   * What the peer restores straight over the tree, ours is staged and verified before. They take
   * turns in who is first, and nothing is removed before the end: ext4 looks through all files that
   * were deleted in the last minutes when it makes one, which whoever is second would pay.
   */
  private void restore(int round, String what, Path data) throws Exception {
    Path theirs = folder.resolve("theirs.gpg");
    Path own = folder.resolve("own.gpg");
    removeAll("theirs");
    removeAll("own");
    shell(NAIVE, data, theirs);
    ours("create", data, own);
    if (round % 2 == 0) {
      restoreByPeer(what, theirs);
    }
    Path there = Files.createDirectories(restored().resolve("ours"));
    Timed timed = ours("restore", own, there);
    note("restore " + what + ", ours", timed);
    figures.number("restore " + what + ", peak MB", Double.parseDouble(timed.output()) / 1024);
    if (round % 2 != 0) {
      restoreByPeer(what, theirs);
    }
  }

  private void restoreByPeer(String what, Path archive) throws Exception {
    Path there = Files.createDirectories(restored().resolve("theirs"));
    note("restore " + what + ", gpg | tar", shell(UNPACK + "; sync -f \"$2\"", there, archive));
  }

  private Path restored() {
    restores++;
    return folder.resolve("restored/" + restores);
  }

  private Timed shell(String script, Path first, Path second) throws Exception {
    return Timed.of(
        folder, script, List.of(passphrase.toString(), first.toString(), second.toString()));
  }

  private Timed after(String before, String script, Path data, Path target) throws Exception {
    shell(before, data, target);
    return shell(script, data, target);
  }

  private Timed ours(String what, Path... paths) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(what, folder.resolve("home").toString(), passphrase.toString()));
    Stream.of(paths).map(Path::toString).forEach(arguments::add);
    return Timed.of(
        folder, "\"$@\"", AppImage.find().bulk().command(ArchiveClient.class, arguments));
  }

  private void note(String name, Timed timed) {
    runs.computeIfAbsent(name, _ -> new ArrayList<>()).add(timed);
  }

  private void write() throws IOException {
    for (Map.Entry<String, List<Timed>> each : runs.entrySet()) {
      figures.json(
          each.getKey(),
          "[" + String.join(", ", each.getValue().stream().map(Timed::json).toList()) + "]");
    }
    for (String peer : List.of("tar | gpg", "tuned pipe", "restic", "borg")) {
      figures.number("create, wall beside " + peer, ratio("create, ours", "create, " + peer));
    }
    for (String what : List.of("bulk", "small files")) {
      figures.number(
          "restore " + what + ", wall beside gpg | tar",
          ratio("restore " + what + ", ours", "restore " + what + ", gpg | tar"));
    }
    figures.load();
  }

  /** Returns the median of the ratios of runs in the same round. */
  private double ratio(String ours, String peer) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < runs.get(ours).size(); round++) {
      ratios.add(runs.get(ours).get(round).wall() / runs.get(peer).get(round).wall());
    }
    return Figures.median(ratios);
  }

  private static long size(Path path) throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      return walk.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Removes an archive with what lies beside it, whatever that is called after its name. */
  private void removeAll(String name) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(one -> one.getFileName().toString().startsWith(name)).toList()) {
        remove(each);
      }
    }
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
