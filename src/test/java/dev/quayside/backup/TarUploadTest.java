package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarTime;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever unpacks may hang; whoever sends does not hang with him. */
@Timeout(60)
class TarUploadTest {

  private static final int MUCH = 4 << 20;
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CountDownLatch never = new CountDownLatch(1);

  private final Progress progress =
      new Progress() {
        @Override
        public void step(int number, int total, String text) {}

        @Override
        public void bytes(long done, long total) {}

        @Override
        public void line(String text) {}

        @Override
        public boolean cancelled() {
          return cancelled.get();
        }
      };

  /** Reads so much, and then nothing for ever. */
  private record Stuck(int bytes, CountDownLatch never) implements PartStaging.Receiver {

    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public void take(InputStream tar) throws IOException {
      assertThat(tar.readNBytes(bytes)).hasSize(bytes);
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public InputStream back() {
      return InputStream.nullInputStream();
    }
  }

  @Test
  void oneThatTakesNothingAnyMoreIsEnded() throws Exception {
    try (TarUpload upload = upload(SHORT)) {
      assertThatThrownBy(() -> send(upload)).isInstanceOf(IOException.class);
      assertThat(upload.stopped()).isInstanceOf(TargetException.class);
    }
  }

  @Test
  void oneThatNeverAnswersAfterTheEndIsEnded() throws Exception {
    try (TarUpload upload = upload(SHORT)) {
      folder(upload);
      upload.end();
      assertThatThrownBy(upload::finish).isInstanceOf(TargetException.class);
    }
  }

  @Test
  void aCancelReachesIt() throws Exception {
    try (TarUpload upload = upload(LONG)) {
      cancelled.set(true);
      assertThatThrownBy(() -> send(upload)).isInstanceOf(IOException.class);
      assertThat(upload.stopped()).isInstanceOf(CancelledException.class);
    }
  }

  private TarUpload upload(Duration limit) throws IOException {
    return new TarUpload(RawPath.of("part"), new Stuck(512, never), progress, limit);
  }

  private static void folder(TarUpload upload) throws IOException {
    upload.entry(
        new TarEntry(
            RawPath.of("part"),
            TarEntry.Type.FOLDER,
            0,
            0755,
            0,
            0,
            TarTime.of(Instant.EPOCH),
            null));
  }

  private static void send(TarUpload upload) throws IOException {
    folder(upload);
    TarEntry file =
        new TarEntry(
            RawPath.of("part/file"),
            TarEntry.Type.FILE,
            MUCH,
            0644,
            0,
            0,
            TarTime.of(Instant.EPOCH),
            null);
    try (OutputStream out = upload.file(file)) {
      out.write(new byte[MUCH]);
    }
  }
}
