package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PresenceLookTest {

  private static final Path HERE = Path.of("/here/a.gpg");
  private static final Path DEAD = Path.of("/share/b.gpg");

  private static ShelvedArchive archive(String id, Path place) {
    return new ShelvedArchive(id, "demo", place, Workbench.NOW, 9, 9, 9, true, null, null);
  }

  @Test
  void aShareThatNeverAnswersHoldsUpNobodyAndIsAskedOnce() throws Exception {
    Queue<Path> asked = new ConcurrentLinkedQueue<>();
    CountDownLatch back = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    PresenceLook look =
        new PresenceLook(
            archive -> {
              Path file = archive.archive();
              asked.add(file);
              if (file.equals(DEAD)) {
                awaitQuietly(back);
                answered.countDown();
              }
              return Presence.THERE;
            },
            Duration.ofMillis(300));
    List<ShelvedArchive> all = List.of(archive("a", HERE), archive("b", DEAD));
    try {
      for (int round = 0; round < 2; round++) {
        assertThat(look.of(all))
            .extracting(ShelvedArchive::id, ShelvedArchive::presence)
            .containsExactly(tuple("a", Presence.THERE), tuple("b", Presence.DISK_AWAY));
      }
      assertThat(asked).containsExactlyInAnyOrder(HERE, HERE, DEAD);
    } finally {
      back.countDown();
    }
    answered.await();
    assertThat(
            new PresenceLook(
                    one -> Map.of(DEAD, Presence.THERE).get(one.archive()), Duration.ofSeconds(50))
                .of(List.of(archive("b", DEAD))))
        .extracting(ShelvedArchive::presence)
        .containsExactly(Presence.THERE);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
