package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets the real programs read made-up files and what the editor made of them, many in one process,
 * and counts what it compared.
 */
final class EnvFuzz {

  private static final List<String> NAMES = List.of("A", "B", "C", "D", "E", "Z", "Y");

  private final Path folder;
  private final RandomFiles made;
  private final RealReaders real;
  private final Map<EnvReader, Integer> modelled = new EnumMap<>(EnvReader.class);
  private final Map<EnvReader, Integer> readBack = new EnumMap<>(EnvReader.class);
  private int refused;
  private int written;
  private int composeRefused;
  private int round;

  EnvFuzz(Path folder, long seed) {
    this(folder, seed, new RealReaders(folder));
  }

  EnvFuzz(Path folder, long seed, RealReaders real) {
    this.folder = folder;
    this.made = new RandomFiles(seed);
    this.real = real;
  }

  /** What an edit made of a file. */
  private record Edit(
      Path before, Path after, String name, String value, Set<EnvReader> readers, String said) {}

  int refused() {
    return refused;
  }

  int written() {
    return written;
  }

  /** Returns how many values a model was sure of and the real reader confirmed. */
  int modelled(EnvReader reader) {
    return modelled.getOrDefault(reader, 0);
  }

  /** Returns how many files that the editor changed the real reader read as it should. */
  int readBack(EnvReader reader) {
    return readBack.getOrDefault(reader, 0);
  }

  /** Compares the models with the real readers on {@code count} files. */
  void models(int count) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(Files.writeString(next("m", i), made.file()));
    }
    compare(EnvReader.SHELL, files, real.bash(files, RandomFiles.NAMES));
    compare(EnvReader.PYTHON_DOTENV, files, real.python(files));
    if (RealReaders.hasNode()) {
      compare(EnvReader.NODE_DOTENV, files, real.node(files));
    }
    round++;
  }

  /**
   * Compares the model of Compose with the real one on {@code count} files: which it reads, and
   * what. Each file that it is to refuse needs a process of its own, so at most {@code
   * refusedAtMost} of them are tried.
   */
  void compose(int count, int refusedAtMost) throws Exception {
    List<Path> readable = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String content = made.file();
      if (UNDECIDED.matcher(content).find()) {
        continue;
      }
      Path file = Files.writeString(next("c", i), content);
      if (EnvFileTest.parse(content).brokenLine() == 0) {
        readable.add(file);
      } else if (composeRefused < refusedAtMost) {
        assertThat(real.composeReads(List.of(file))).as("Compose reads%n%s", content).isFalse();
        composeRefused++;
      }
    }
    if (!real.composeReads(readable)) {
      throw new AssertionError("Compose refuses\n" + Files.readString(firstRefused(readable)));
    }
    compare(EnvReader.COMPOSE, readable, real.compose(readable, RandomFiles.NAMES));
    round++;
  }

  /** What Compose makes of a variable within another, or that must be set, is not followed. */
  private static final Pattern UNDECIDED = Pattern.compile("\\$\\{[^}\n]*[?$]");

  private Path firstRefused(List<Path> files) throws Exception {
    List<Path> left = files;
    while (left.size() > 1) {
      List<Path> half = left.subList(0, left.size() / 2);
      left = real.composeReads(half) ? left.subList(left.size() / 2, left.size()) : half;
    }
    return left.getFirst();
  }

  /** Returns how many files Compose refused as it should. */
  int composeRefused() {
    return composeRefused;
  }

  private void compare(EnvReader reader, List<Path> files, List<Map<String, String>> answers)
      throws IOException {
    assertThat(answers).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      if (answers.get(i) != null) {
        byte[] content = Files.readAllBytes(files.get(i));
        modelled.merge(
            reader, ReaderModelsTest.compare(reader, content, answers.get(i)), Integer::sum);
      }
    }
  }

  /** Makes {@code count} edits; every real reader of a file must read what was meant, or before. */
  void edits(int count) throws Exception {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Edit edit = edit(i);
      if (edit == null) {
        refused++;
      } else {
        written++;
        edits.add(edit);
      }
    }
    check(EnvReader.SHELL, edits, files -> real.bash(files, NAMES));
    check(EnvReader.PYTHON_DOTENV, edits, real::python);
    if (RealReaders.hasNode()) {
      check(EnvReader.NODE_DOTENV, edits, real::node);
    }
    check(EnvReader.COMPOSE, edits, files -> real.compose(files, NAMES));
    round++;
  }

  private Edit edit(int number) throws IOException {
    String content = made.below(2) == 0 ? made.mildFile() : made.file();
    Set<EnvReader> readers = made.readers();
    String value = made.printable(12);
    String name = made.below(5) == 0 ? "E" : "A";
    EnvFile before = EnvFileTest.parse(content);
    try {
      EnvFile after =
          name.equals("E")
              ? before.adding(name, EnvFileTest.secret(value), readers)
              : before.with(name, EnvFileTest.secret(value), readers);
      if (content.contains("\r") || content.startsWith("\ufeff")) {
        readers.remove(EnvReader.SHELL);
      }
      if (content.contains("$")) {
        // What Compose puts in is another matter, and may make it refuse all files of a round.
        readers.remove(EnvReader.COMPOSE);
      }
      String said = value + "\n--- before\n" + content + "\n--- after\n" + EnvFileTest.text(after);
      return new Edit(
          Files.writeString(next("b", number), content),
          Files.write(next("a", number), after.content()),
          name,
          value,
          EnumSet.copyOf(withoutNone(readers)),
          said);
    } catch (ProblemException cannot) {
      return null;
    }
  }

  private static Set<EnvReader> withoutNone(Set<EnvReader> readers) {
    return readers.isEmpty() ? EnumSet.of(EnvReader.SIMPLE) : readers;
  }

  private interface Asked {
    List<Map<String, String>> of(List<Path> files) throws Exception;
  }

  private void check(EnvReader reader, List<Edit> edits, Asked asked) throws Exception {
    List<Edit> mine = new ArrayList<>();
    for (Edit edit : edits) {
      // Of a file that does more than assign, nobody can tell what a shell ends up with.
      if (edit.readers().contains(reader) && followed(reader, edit.after())) {
        mine.add(edit);
      }
    }
    if (mine.isEmpty()) {
      return;
    }
    List<Map<String, String>> was = asked.of(mine.stream().map(Edit::before).toList());
    List<Map<String, String>> is = asked.of(mine.stream().map(Edit::after).toList());
    for (int i = 0; i < mine.size(); i++) {
      Edit edit = mine.get(i);
      Map<String, String> after = is.get(i);
      assertThat(after.get(edit.name()))
          .as("%s reads %s", reader, edit.said())
          .isEqualTo(edit.value());
      // Where the reader could not be followed before, mending one value may well free others.
      boolean followed = followed(reader, edit.before());
      for (String other : NAMES) {
        if (followed && !other.equals(edit.name()) && !edit.said().contains("$")) {
          assertThat(after.get(other))
              .as("%s for %s after %s", other, reader, edit.said())
              .isEqualTo(was.get(i).get(other));
        }
      }
      readBack.merge(reader, 1, Integer::sum);
    }
  }

  private static boolean followed(EnvReader reader, Path file) throws IOException {
    try (ReadValues reading = ReaderModels.read(reader, Files.readAllBytes(file))) {
      return !reading.lost();
    }
  }

  private Path next(String kind, int number) {
    return folder.resolve(kind + round + "-" + number + ".env");
  }

  /** Removes the files of the rounds before, of which a long run has many. */
  void tidy() throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.env")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
