package dev.quayside.backup.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What the tar writer writes is read back the same, by us and by others; what is read is never
 * trusted.
 */
class TarCodecTest {

  private static byte[] write(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    for (TarEntry entry : entries) {
      writer.begin(entry);
      byte[] content = new byte[(int) entry.size()];
      if (content.length > 0) {
        writer.write(content, 0, content.length);
      }
    }
    writer.finish();
    return bytes.toByteArray();
  }

  private static List<TarEntry> read(byte[] bytes) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(bytes));
    List<TarEntry> entries = new ArrayList<>();
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      entries.add(entry);
    }
    return entries;
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadBackTheSame(@ForAll("entries") List<TarEntry> entries)
      throws IOException {
    assertThat(read(write(entries))).isEqualTo(entries);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void anotherReaderSeesTheSame(@ForAll("entries") List<TarEntry> entries) throws IOException {
    try (TarArchiveInputStream other =
        new TarArchiveInputStream(new ByteArrayInputStream(write(entries)), "UTF-8")) {
      for (TarEntry entry : entries) {
        TarArchiveEntry seen = other.getNextEntry();
        String slash = entry.type() == TarEntry.Type.FOLDER ? "/" : "";
        assertThat(seen.getName()).isEqualTo(entry.path() + slash);
        assertThat(seen.getSize()).isEqualTo(entry.size());
        assertThat(seen.getMode() & 07777).isEqualTo(entry.mode());
        assertThat(seen.getLongUserId()).isEqualTo(entry.user());
        assertThat(seen.getLongGroupId()).isEqualTo(entry.group());
        assertThat(seen.getLastModifiedTime().toInstant().getEpochSecond())
            .isEqualTo(entry.modified().seconds());
        assertThat(seen.getLinkName())
            .isEqualTo(entry.link() == null ? "" : entry.link().toString());
        assertThat(seen.isSymbolicLink()).isEqualTo(entry.type() == TarEntry.Type.SYMBOLIC_LINK);
        assertThat(seen.isLink()).isEqualTo(entry.type() == TarEntry.Type.HARD_LINK);
      }
      assertThat(other.getNextEntry()).isNull();
    }
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void damagedStreamsNeverBreakTheReader(
      @ForAll("entries") List<TarEntry> entries,
      @ForAll @Size(max = 6) List<Integer> places,
      @ForAll byte value)
      throws IOException {
    byte[] bytes = write(entries);
    for (int place : places) {
      bytes[Math.floorMod(place, bytes.length)] = value;
    }
    try {
      for (TarEntry entry : read(bytes)) {
        PathGuard.requireInside(entry.path());
      }
    } catch (TarException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void cutStreamsAreNoticed(
      @ForAll("entries") List<TarEntry> entries, @ForAll @IntRange(min = 1, max = 100_000) int off)
      throws IOException {
    byte[] bytes = write(entries);
    int left = Math.floorMod(bytes.length - off, bytes.length);
    assertThatThrownBy(() -> read(java.util.Arrays.copyOf(bytes, left)))
        .isInstanceOf(TarException.class);
  }

  @Property(tries = 2000)
  void aPathThatIsLetThroughStaysInside(@ForAll("hostilePaths") String path) {
    try {
      PathGuard.requireInside(RawPath.of(path));
    } catch (TarException refused) {
      return;
    }
    Path root = Path.of("/a/b");
    Path resolved = root.resolve(path).normalize();
    assertThat(resolved.startsWith(root)).isTrue();
    assertThat(resolved).isNotEqualTo(root);
    assertThat(root.resolve(path)).isEqualTo(resolved);
  }

  @Property(tries = 2000)
  void aLinkThatIsSaidToStayInsideStaysInside(
      @ForAll("hostilePaths") String target, @ForAll("names") String name) {
    RawPath link = RawPath.of("files/data/" + name + "/l");
    RawPath root = RawPath.of("files/data");
    Path resolved = Path.of("/x/files/data/" + name).resolve(target.replace('\0', 'n')).normalize();
    if (!PathGuard.leadsOut(link, RawPath.of(target), root)) {
      assertThat(resolved.startsWith("/x/files/data")).isTrue();
    }
  }

  @Property
  void timesSurviveAsText(@ForAll long anySeconds, @ForAll @IntRange(max = 999_999_999) int nanos)
      throws TarException {
    TarTime time = new TarTime(anySeconds % 100_000_000_000L, nanos);
    assertThat(TarTime.parse(time.text())).isEqualTo(time);
  }

  @Example
  void numbersBeyondOctalSurvive() throws IOException {
    TarEntry entry =
        new TarEntry(
            RawPath.of("x"),
            TarEntry.Type.FOLDER,
            0,
            0755,
            3_000_000,
            4_294_967_294L,
            new TarTime(99_999_999_999L, 0),
            null);
    assertThat(read(write(List.of(entry)))).containsExactly(entry);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("aB0._-é☃ \n")
        .ofMinLength(1)
        .ofMaxLength(30)
        .filter(name -> !name.matches("[.]{1,2}"));
  }

  @Provide
  Arbitrary<String> hostilePaths() {
    return Arbitraries.of("a", "b", "..", ".", "", "/", "a/", "...", " ", "\\", "..a", "n\0")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("/", parts));
  }

  @Provide
  Arbitrary<List<TarEntry>> entries() {
    Arbitrary<String> paths =
        names().list().ofMinSize(1).ofMaxSize(12).map(parts -> String.join("/", parts));
    return Combinators.combine(
            paths,
            Arbitraries.of(TarEntry.Type.class),
            Arbitraries.integers().between(0, 3000),
            Arbitraries.integers().between(0, 07777),
            Arbitraries.longs().between(0, 0xFFFFFFFFL),
            Combinators.combine(
                    Arbitraries.longs().between(-3_000_000_000L, 99_999_999_999L),
                    Arbitraries.integers().between(0, 999_999_999))
                .as(TarTime::new),
            paths)
        .as((path, type, size, mode, id, time, link) ->
            new TarEntry(
                RawPath.of(path),
                type,
                type == TarEntry.Type.FILE ? size : 0,
                mode,
                id,
                id / 2,
                time,
                type == TarEntry.Type.HARD_LINK || type == TarEntry.Type.SYMBOLIC_LINK
                    ? RawPath.of(link)
                    : null))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }
}
