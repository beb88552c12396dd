package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an archive says of its own size is never what keeps it from filling the disk. */
class RestoreRoomTest {

  private static final int CHUNK = 1 << 20;

  private final AtomicLong free = new AtomicLong(1L << 40);
  private boolean cancelled;

  private final RestoreRoom room =
      new RestoreRoom(
          Path.of("x"),
          new Progress() {
            @Override
            public void step(int number, int total, String text) {}

            @Override
            public void bytes(long done, long total) {}

            @Override
            public void line(String text) {}

            @Override
            public boolean cancelled() {
              return cancelled;
            }
          },
          free::get);

  @Test
  void sizesThatAreTooMuchTogetherAreNotTakenForLittle() {
    assertThat(code(() -> room.require(plan(1L << 50, 8192)))).isEqualTo("BACKUP-NO-ROOM");
    assertThat(code(() -> room.require(plan(1L << 50, 16384)))).isEqualTo("BACKUP-NO-ROOM");
    assertThat(code(() -> room.require(plan(1L << 20, 16)))).isNull();
  }

  @Test
  void aRestoreStopsBeforeTheDiskIsFullWhateverThePlanSaid() throws IOException {
    OutputStream target = room.watching(OutputStream.nullOutputStream());
    assertThat(code(() -> write(target, RestoreRoom.EVERY))).isNull();
    free.set(RestoreRoom.RESERVE - 1);
    assertThat(code(() -> write(target, RestoreRoom.EVERY))).isEqualTo("BACKUP-DISK-FULL");
  }

  @Test
  void manyFilesCountTogether() {
    free.set(RestoreRoom.RESERVE - 1);
    assertThat(
            code(() -> {
              for (long done = 0; done < RestoreRoom.EVERY; done += CHUNK) {
                write(room.watching(OutputStream.nullOutputStream()), CHUNK);
              }
            }))
        .isEqualTo("BACKUP-DISK-FULL");
  }

  @Test
  void aDiskThatFillsKeepsWhatTheSystemNeeds() throws IOException {
    long room4 = RestoreRoom.RESERVE + 4 * RestoreRoom.EVERY;
    free.set(room4);
    OutputStream target =
        room.watching(
            new OutputStream() {
              @Override
              public void write(int single) {
                free.decrementAndGet();
              }

              @Override
              public void write(byte[] source, int offset, int length) {
                free.addAndGet(-length);
              }
            });
    assertThat(code(() -> write(target, 2 * room4))).isEqualTo("BACKUP-DISK-FULL");
    assertThat(free.get()).isGreaterThanOrEqualTo(RestoreRoom.RESERVE / 2 - CHUNK);
  }

  @Test
  void manyEmptyFilesTakeRoomToo() {
    free.set(RestoreRoom.RESERVE - 1);
    assertThat(
            code(() -> {
              for (int i = 0; i < 4_000; i++) {
                room.watching(OutputStream.nullOutputStream()).close();
              }
            }))
        .isEqualTo("BACKUP-DISK-FULL");
  }

  @Test
  void aCancelIsNoticedWhileOneFileComes() throws IOException {
    OutputStream target = room.watching(OutputStream.nullOutputStream());
    cancelled = true;
    assertThat(catchThrowableOfType(IOException.class, () -> write(target, RestoreRoom.EVERY)))
        .isInstanceOf(CancelledException.class);
  }

  private interface Call {
    void run() throws IOException;
  }

  private static String code(Call call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call::run);
    return refused == null ? null : refused.problem().code();
  }

  private static void write(OutputStream target, long bytes) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long done = 0; done < bytes; done += CHUNK) {
      target.write(chunk, 0, CHUNK);
    }
  }

  private static ArchivePlan plan(long bytes, int parts) {
    ArchivePlan plain = Forge.plan(1, 1);
    ArchivePlan.Part part =
        new ArchivePlan.Part(
            "files/x",
            ArchivePlan.PartKind.FILE,
            "/x",
            bytes,
            1,
            "",
            "",
            ArchivePlan.Consistency.STILL);
    return new ArchivePlan(
        1,
        plain.id(),
        Instant.EPOCH,
        "",
        "demo",
        "generic",
        List.of(),
        Collections.nCopies(parts, part),
        List.of(),
        1,
        1,
        "");
  }
}
