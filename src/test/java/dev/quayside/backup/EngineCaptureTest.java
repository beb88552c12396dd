package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarWriter;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine sends of a volume, sound or not, and what becomes of it. */
class EngineCaptureTest {

  private static final int BLOCK = 512;

  @TempDir private Path folder;
  private Workbench bench;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(sent);
  private final List<Container> strangers = new ArrayList<>();
  private List<String> nested = List.of();
  private int breaksAt = Integer.MAX_VALUE;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
  }

  @Test
  void aVolumeComesBackWithNamesContentAndHardLinks() throws Exception {
    folder("data");
    file("data/a", "alpha");
    folder("data/sub");
    file("data/sub/b", "beta");
    node("data/again", TarEntry.Type.HARD_LINK, "data/a");
    node("data/link", TarEntry.Type.SYMBOLIC_LINK, "sub/b");
    tar.finish();

    BackupReceipt receipt = done(create());

    Path back = folder.resolve("back");
    assertThat(bench.restoreTo(receipt.archive(), back)).isInstanceOf(Outcome.Done.class);
    Path volume = back.resolve("volumes/shop_data");
    assertThat(Workbench.names(volume)).containsExactly("a", "again", "link", "sub");
    assertThat(volume.resolve("sub/b")).hasContent("beta");
    assertThat(Files.isSameFile(volume.resolve("a"), volume.resolve("again"))).isTrue();
    assertThat(Files.readSymbolicLink(volume.resolve("link"))).isEqualTo(Path.of("sub/b"));
  }

  @Test
  void whatIsMountedBelowIsLeftToItsOwnPart() throws Exception {
    folder("data");
    folder("data/inner");
    file("data/inner/x", "not here");
    file("data/inner2", "here");
    tar.finish();
    nested = List.of("/data/inner");

    BackupReceipt receipt = done(create());

    Path back = folder.resolve("back");
    assertThat(bench.restoreTo(receipt.archive(), back)).isInstanceOf(Outcome.Done.class);
    Path volume = back.resolve("volumes/shop_data");
    assertThat(Workbench.names(volume)).containsExactly("inner", "inner2");
    assertThat(volume.resolve("inner")).isEmptyDirectory();
  }

  @Test
  void whatARestoreKeepsThereIsNotSavedAndSaid() throws Exception {
    folder("data");
    folder("data/.quayside-before-0123abcd-1");
    file("data/.quayside-before-0123abcd-1/old", "old");
    file("data/a", "alpha");
    tar.finish();

    BackupReceipt receipt = done(create());

    assertThat(receipt.leftOut())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo("shop_data/.quayside-before-0123abcd-1");
          assertThat(one.reason()).contains("restore");
        });
    Path back = folder.resolve("back");
    assertThat(bench.restoreTo(receipt.archive(), back)).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.names(back.resolve("volumes/shop_data"))).containsExactly("a");
  }

  @Test
  void whatSomebodyElseCanWriteToIsUnsureAndSaidWhoItIs() throws Exception {
    folder("data");
    file("data/a", "alpha");
    tar.finish();
    strangers.add(
        new Container(
            new ContainerId("x"),
            "other-web-1",
            "image",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            List.of(),
            null));

    Outcome<BackupReceipt> outcome = create();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention ->
                assertThat(attention.problem().happened())
                    .contains("shop_data")
                    .contains("other-web-1"));
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.unsure()).containsExactly("shop_data");
    assertThat(receipt.changed()).singleElement().asString().contains("other-web-1");
  }

  @Test
  void aStreamThatBreaksOffMakesTheSetIncomplete() throws Exception {
    folder("data");
    file("data/a", "alpha".repeat(1000));
    file("data/b", "beta");
    tar.finish();
    byte[] whole = sent.toByteArray();
    for (int length : new int[] {0, BLOCK, 2 * BLOCK, 4 * BLOCK, whole.length - 2 * BLOCK}) {
      sent.reset();
      sent.write(whole, 0, length);
      Outcome<BackupReceipt> outcome = create();
      assertThat(outcome).as("cut at %d", length).isInstanceOf(Outcome.Attention.class);
      BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
      assertThat(receipt.unread()).extracting(BackupReceipt.Unread::path).contains("shop_data");
      clear();
    }
  }

  @Test
  void aNamedPipeIsListedAndTheRestIsSaved() throws Exception {
    folder("data");
    pipe("data/pipe");
    file("data/z", "omega");
    tar.finish();

    BackupReceipt receipt = done(create());

    assertThat(receipt.skipped()).containsExactly("shop_data/pipe");
    Path back = folder.resolve("back");
    assertThat(bench.restoreTo(receipt.archive(), back)).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.names(back.resolve("volumes/shop_data"))).containsExactly("z");
  }

  @Test
  void aConnectionThatBreaksOffMakesTheSetIncomplete() throws Exception {
    folder("data");
    file("data/a", "alpha".repeat(1000));
    file("data/b", "beta");
    tar.finish();
    byte[] whole = sent.toByteArray();
    for (int length : new int[] {0, BLOCK, 2 * BLOCK, 4 * BLOCK, whole.length - 3 * BLOCK}) {
      breaksAt = length;
      Outcome<BackupReceipt> outcome = create();
      assertThat(outcome).as("broken at %d", length).isInstanceOf(Outcome.Attention.class);
      clear();
    }
  }

  @Test
  void anotherNameOfAPipeIsListedAndTheRestIsSaved() throws Exception {
    folder("data");
    pipe("data/pipe");
    node("data/pipe2", TarEntry.Type.HARD_LINK, "data/pipe");
    file("data/z", "omega");
    tar.finish();

    Outcome<BackupReceipt> outcome = create();

    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.unread())
        .extracting(BackupReceipt.Unread::path)
        .containsExactly("shop_data/pipe2");
  }

  @Test
  void aSingleFileIsNotSavedAsAnEmptyFolder() throws Exception {
    file("data", "alpha");
    tar.finish();

    Outcome<BackupReceipt> outcome = create();

    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.unread())
        .extracting(BackupReceipt.Unread::path)
        .containsExactly("shop_data");
    assertThat(receipt.complete()).isFalse();
  }

  @Test
  void aNameThatLeadsElsewhereMakesTheSetIncomplete() throws Exception {
    folder("data");
    file("other/a", "alpha");
    tar.finish();

    assertThat(create()).isInstanceOf(Outcome.Attention.class);
  }

  private Outcome<BackupReceipt> create() throws Exception {
    BackupScope scope =
        new BackupScope(
            "demo",
            "generic",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new BackupScope.Mounted(
                    "shop_data", true, "shop_data", new ContainerId("web"), "/data", nested)),
            List.of());
    return new BackupCreation(
            bench.home,
            bench.journal(),
            null,
            this::engine,
            InstantSource.fixed(Workbench.NOW),
            StepBoundary.none())
        .run(
            new BackupRequest(scope, bench.shelf, bench.request().protection(), Compression.ZSTD),
            Progress.none());
  }

  private void clear() throws IOException {
    for (String name : Workbench.names(bench.shelf)) {
      Files.delete(bench.shelf.resolve(name));
    }
  }

  private static BackupReceipt done(Outcome<BackupReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<BackupReceipt>) outcome).receipt();
  }

  private Engine engine() {
    byte[] stream = sent.toByteArray();
    return (Engine)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "archive" -> connection(stream);
                  case "volumeFolders" -> Map.of();
                  case "list" -> strangers;
                  case "inspect" ->
                      new ContainerInspection(
                          strangers.getFirst(),
                          List.of(),
                          "",
                          "",
                          false,
                          false,
                          List.of(),
                          List.of(new ContainerInspection.Mount("volume", "shop_data", "/x", true)),
                          List.of(),
                          List.of());
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Sends what there is up to where it breaks. */
  private InputStream connection(byte[] stream) {
    if (breaksAt >= stream.length) {
      return new ByteArrayInputStream(stream);
    }
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(stream, 0, breaksAt), broken);
  }

  private void folder(String path) throws IOException {
    tar.begin(TarEntry.folder(path, Forge.TIME));
  }

  private void file(String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    tar.begin(TarEntry.plain(path, bytes.length, Forge.TIME));
    tar.write(bytes, 0, bytes.length);
  }

  private void node(String path, TarEntry.Type type, String link) throws IOException {
    tar.begin(new TarEntry(RawPath.of(path), type, 0, 0777, 0, 0, Forge.TIME, RawPath.of(link)));
  }

  /** Makes a header for a folder into one for a named pipe. */
  private void pipe(String path) throws IOException {
    file(path, "");
    byte[] all = sent.toByteArray();
    int header = all.length - BLOCK;
    all[header + 156] = '6';
    Arrays.fill(all, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < all.length; i++) {
      sum += all[i] & 0xFF;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, all, header + 148, digits.length);
    sent.reset();
    sent.write(all);
  }
}
