package dev.quayside.ui.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.Proof;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerState;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.ui.control.TonePill.Tone;
import dev.quayside.ui.guard.Snapshots;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the four cards claim. */
final class CardTextsTest {

  private static final Instant NOW = Snapshots.MOMENT;

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
  void provenIsSaidOnlyOfADrillThatWasWhole() {
    CardText never = texts.backup(List.of(archive(null)), "shop", NOW);
    CardText whole =
        texts.backup(
            List.of(archive(new Proof(NOW.minusSeconds(259_200), 2, 2, 0, true, List.of()))),
            "shop",
            NOW);
    CardText partly =
        texts.backup(
            List.of(archive(new Proof(NOW, 3, 5, 0, true, List.of("cache: no image")))), "shop", NOW);
    CardText refused =
        texts.backup(List.of(archive(new Proof(NOW, 4, 5, 1, true, List.of("db: torn")))), "shop", NOW);

    assertThat(never.text()).contains("Never drilled");
    assertThat(whole.word()).startsWith("proven restorable 3 d");
    assertThat(whole.tone()).isEqualTo(Tone.GOOD);
    assertThat(partly.word()).isEqualTo("3 of 5 proven");
    assertThat(partly.text()).contains("cache: no image");
    assertThat(partly.tone()).isEqualTo(Tone.WARN);
    assertThat(refused.tone()).isEqualTo(Tone.BAD);
  }

  private static ShelvedArchive archive(Proof proof) {
    return new ShelvedArchive(
        "id", "shop", Path.of("/b/a.gpg"), NOW.minusSeconds(300_000), 1, 1, 1, true, NOW, null, proof);
  }

  @Test
  void whatCouldNotBeReadIsUnknownAndSaysWhy() {
    CardText card =
        texts.unknown(new Problem("X", "The disk is gone", "It is.", "Nothing.", "", null, ""));
    assertThat(card.tone()).isEqualTo(Tone.UNKNOWN);
    assertThat(card.text()).isEqualTo("The disk is gone");
  }
}
