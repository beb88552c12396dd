package dev.quayside.ui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.Presence;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerState;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.ui.control.TonePill.Tone;
import dev.quayside.ui.guard.Snapshots;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the four cards claim. */
final class CardTextsTest {

  private final CardTexts texts = new CardTexts();

  private static List<ServiceStatus> services(String stack) {
    return Snapshots.demo().stacks().stream()
        .filter(one -> one.name().equals(stack))
        .flatMap(one -> one.services().stream())
        .toList();
  }

  @Test
  void withoutServicesExposureIsUnknownAndNotFine() {
    assertThat(texts.exposure(List.of(), null).tone()).isEqualTo(Tone.UNKNOWN);
  }

  @Test
  void onePortOnTheLanIsAWarningThatNamesItsService() {
    List<ServiceStatus> services =
        Snapshots.demo().stacks().stream().flatMap(one -> one.services().stream()).toList();
    CardText card = texts.exposure(services, null);
    assertThat(card.tone()).isEqualTo(Tone.WARN);
    assertThat(card.text())
        .contains(
            services.stream()
                .filter(one -> one.exposure() == dev.quayside.exposure.Exposure.LAN)
                .findFirst()
                .orElseThrow()
                .container()
                .service());
  }

  @Test
  void loopbackOnlyIsGood() {
    List<ServiceStatus> loopback =
        services("llm-infrastructure").stream()
            .filter(one -> one.exposure() == dev.quayside.exposure.Exposure.LOOPBACK)
            .toList();
    assertThat(loopback).isNotEmpty();
    assertThat(texts.exposure(loopback, null).tone()).isEqualTo(Tone.GOOD);
  }

  @Test
  void theCardSaysHowOldItIsAndAfterTheEngineIsLostNothingIsGoodAnyMore() {
    List<ServiceStatus> loopback =
        services("llm-infrastructure").stream()
            .filter(one -> one.exposure() == dev.quayside.exposure.Exposure.LOOPBACK)
            .toList();
    assertThat(texts.exposure(loopback, null).text()).contains("now");
    CardText old = texts.exposure(loopback, java.time.Duration.ofMinutes(7));
    assertThat(old.tone()).isEqualTo(Tone.UNKNOWN);
    assertThat(old.text()).contains("7 min ago");
  }

  @Test
  void stoppedServicesPublishNothingNowAndThatIsNotCalledLoopbackOnly() {
    List<ServiceStatus> stopped =
        services("llm-infrastructure").stream()
            .filter(one -> one.exposure() == dev.quayside.exposure.Exposure.LOOPBACK)
            .limit(2)
            .map(CardTextsTest::stopped)
            .toList();
    CardText card = texts.exposure(stopped, null);
    assertThat(card.tone()).isEqualTo(Tone.OFF);
    assertThat(card.word()).isEqualTo("nothing published");
    assertThat(card.text()).contains("2 stopped services publish");
  }

  private static ServiceStatus stopped(ServiceStatus like) {
    ServiceStatus off =
        Snapshots.service(
            like,
            like.container().id().value(),
            "llm-infrastructure",
            like.container().service(),
            ContainerState.EXITED);
    return new ServiceStatus(
        off.container(),
        like.ports().stream()
            .map(port ->
                new ExposedPort(
                    port.binding(), dev.quayside.exposure.Exposure.NONE, port.hostNetwork()))
            .toList(),
        dev.quayside.exposure.Exposure.NONE,
        "",
        null,
        OptionalLong.empty());
  }

  @Test
  void withoutAnArchiveOrASecretNothingIsClaimed() {
    assertThat(texts.backup(List.of(), "dream-server", Snapshots.MOMENT).tone())
        .isEqualTo(Tone.OFF);
    assertThat(texts.secrets(List.of()).tone()).isEqualTo(Tone.OFF);
    assertThat(texts.secretsOfOneStack().tone()).isEqualTo(Tone.OFF);
    assertThat(texts.security().tone()).isEqualTo(Tone.OFF);
  }

  @Test
  void theCardOfBackupsCountsFromTheNewestThatIsThere() {
    ShelvedArchive older = archive(2, true, Presence.THERE);
    CardText card =
        texts.backup(
            List.of(archive(1, true, Presence.FILE_GONE), older), "shop", Snapshots.MOMENT);
    assertThat(card.text()).contains("2 h ago").contains("A newer one is not there");
    assertThat(texts.backup(List.of(older), "shop", Snapshots.MOMENT).text())
        .doesNotContain("newer");
  }

  @Test
  void archivesThatAreGoneOrAwayAreNoBackup() {
    ShelvedArchive gone = archive(1, true, Presence.FILE_GONE);
    assertThat(texts.backup(List.of(gone), "shop", Snapshots.MOMENT).tone()).isEqualTo(Tone.BAD);
    assertThat(
            texts
                .backup(
                    List.of(gone, archive(2, true, Presence.DISK_AWAY)), "shop", Snapshots.MOMENT)
                .tone())
        .isEqualTo(Tone.WARN);
  }

  @Test
  void anArchiveThatIsNotAsWrittenIsNotCalledGone() {
    ShelvedArchive changed = archive(1, true, Presence.NOT_AS_WRITTEN);
    CardText card =
        texts.backup(
            List.of(changed, archive(2, true, Presence.DISK_AWAY)), "shop", Snapshots.MOMENT);
    assertThat(card.tone()).isEqualTo(Tone.BAD);
    assertThat(card.word()).isEqualTo("not as written");
    assertThat(card.text()).doesNotContain("gone");
  }

  @Test
  void anIncompleteArchiveIsSaidToBeOneBeforeItIsVerified() {
    CardText card =
        texts.backup(List.of(archive(1, false, Presence.THERE)), "shop", Snapshots.MOMENT);
    assertThat(card.tone()).isEqualTo(Tone.WARN);
    assertThat(card.word()).isEqualTo("incomplete");
    assertThat(card.text()).contains("never read back").contains("Something is missing");
  }

  @Test
  void anIncompleteArchiveIsNotFineBecauseItWasReadBack() {
    CardText card =
        texts.backup(
            List.of(archive(1, false, Presence.THERE, Snapshots.MOMENT)), "shop", Snapshots.MOMENT);
    assertThat(card.tone()).isEqualTo(Tone.WARN);
    assertThat(card.word()).isEqualTo("incomplete");
    assertThat(
            texts
                .backup(
                    List.of(archive(1, true, Presence.THERE, Snapshots.MOMENT)),
                    "shop",
                    Snapshots.MOMENT)
                .tone())
        .isEqualTo(Tone.GOOD);
  }

  private static ShelvedArchive archive(int hours, boolean complete, Presence presence) {
    return archive(hours, complete, presence, null);
  }

  private static ShelvedArchive archive(
      int hours, boolean complete, Presence presence, @Nullable Instant verified) {
    return new ShelvedArchive(
        "id" + hours,
        "shop",
        Path.of("/backups/shop-" + hours),
        Snapshots.MOMENT.minus(Duration.ofHours(hours)),
        9,
        9,
        9,
        complete,
        verified,
        null,
        null,
        List.of(),
        presence);
  }

  @Test
  void whatCouldNotBeReadIsUnknownAndSaysWhy() {
    CardText card =
        texts.unknown(new Problem("X", "The disk is gone", "It is.", "Nothing.", "", null, ""));
    assertThat(card.tone()).isEqualTo(Tone.UNKNOWN);
    assertThat(card.text()).isEqualTo("The disk is gone");
  }
}
