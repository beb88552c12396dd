package dev.quayside.ui.overview;

import dev.quayside.backup.Presence;
import dev.quayside.backup.Proof;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.control.AgeText;
import dev.quayside.ui.control.TonePill.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the four cards from what is known. What is not known is said to be unknown, never fine.
 */
final class CardTexts {

  private static final Set<SecretFlag> WRONG =
      Set.of(SecretFlag.PUBLIC, SecretFlag.MISSING, SecretFlag.READABLE_BY_OTHERS);

  private final Messages messages = Messages.of("overview");
  private final Messages shared = Messages.of("shell");

  /**
   * Writes the card of exposure: from how ports are bound and what listens, with how old that is;
   * it says that no probe was made. What was seen before the engine was lost proves nothing of now.
   *
   * @param lost how long the engine has been away; null while we are connected
   */
  CardText exposure(List<ServiceStatus> services, @Nullable Duration lost) {
    CardText card = bound(services);
    if (services.isEmpty()) {
      return card;
    }
    return lost == null
        ? new CardText(
            card.tone(), card.word(), card.text() + " " + messages.get("exposure.now"), card.link())
        : new CardText(
            card.tone() == Tone.GOOD || card.tone() == Tone.OFF ? Tone.UNKNOWN : card.tone(),
            card.word(),
            card.text() + " " + messages.get("exposure.then", Quantities.duration(lost)),
            card.link());
  }

  private CardText bound(List<ServiceStatus> services) {
    long lan = count(services, Exposure.LAN);
    long loopback = count(services, Exposure.LOOPBACK);
    long unknown = services.stream().filter(one -> one.exposure() == Exposure.UNKNOWN).count();
    String link = messages.get("exposure.link");
    if (services.isEmpty()) {
      return new CardText(
          Tone.UNKNOWN, shared.get("state.unknown"), messages.get("exposure.nothing"), "");
    }
    if (lan > 0) {
      return new CardText(
          Tone.WARN,
          messages.get("exposure.lan", lan),
          messages.get("exposure.lan.text", exposed(services)) + unknownToo(unknown),
          link);
    }
    if (unknown > 0) {
      return new CardText(
          Tone.UNKNOWN,
          shared.get("state.unknown"),
          messages.get("exposure.unknown.text", unknown),
          link);
    }
    if (loopback == 0) {
      long later = services.stream().filter(CardTexts::publishesWhenStarted).count();
      return new CardText(
          Tone.OFF,
          messages.get("exposure.unpublished"),
          later == 0
              ? messages.get("exposure.unpublished.text")
              : messages.get("exposure.later.text", later),
          link);
    }
    return new CardText(
        Tone.GOOD,
        messages.get("exposure.loopback"),
        messages.get("exposure.loopback.text", loopback),
        link);
  }

  /** Says beside what is known to be open that there is more which is not known. */
  private String unknownToo(long unknown) {
    return unknown == 0 ? "" : " " + messages.get("exposure.unknown.text", unknown);
  }

  private static boolean publishesWhenStarted(ServiceStatus service) {
    return !service.container().live()
        && service.ports().stream().anyMatch(port -> port.binding().published() != 0);
  }

  private static String exposed(List<ServiceStatus> services) {
    List<String> names =
        services.stream()
            .flatMap(service ->
                service.ports().stream()
                    .filter(port -> port.exposure() == Exposure.LAN)
                    .map(port -> named(service, port)))
            .distinct()
            .toList();
    String shown = String.join(", ", names.subList(0, Math.min(3, names.size())));
    return names.size() > 3 ? shown + " +" + (names.size() - 3) : shown;
  }

  private static String named(ServiceStatus service, ExposedPort port) {
    int number =
        port.binding().published() == 0
            ? port.binding().containerPort()
            : port.binding().published();
    return ForeignText.line(service.container().service(), 30) + " " + number;
  }

  private static long count(List<ServiceStatus> services, Exposure exposure) {
    return services.stream()
        .flatMap(service ->
            service.ports().stream()
                .filter(port -> port.exposure() == exposure)
                .map(port -> place(service, port)))
        .distinct()
        .count();
  }

  /**
   * IPv4 and IPv6 of one port are one port to the operator; one that is not published is its
   * container's own.
   */
  private static String place(ServiceStatus service, ExposedPort port) {
    if (port.binding().published() == 0) {
      String container = service.container().id().value();
      return container + ":" + port.binding().containerPort() + "/" + port.binding().protocol();
    }
    return port.binding().published() + "/" + port.binding().protocol();
  }

  /** Writes the card of backups of {@code stack}; an empty name is all stacks. */
  CardText backup(List<ShelvedArchive> archives, String stack, Instant now) {
    List<ShelvedArchive> ours =
        archives.stream()
            .filter(archive -> stack.isEmpty() || archive.stack().equals(stack))
            .toList();
    if (ours.isEmpty()) {
      return new CardText(
          Tone.OFF,
          messages.get("none"),
          messages.get("backup.none.text"),
          messages.get("backup.none.link"));
    }
    ShelvedArchive newest =
        ours.stream().filter(one -> one.presence() == Presence.THERE).findFirst().orElse(null);
    if (newest == null) {
      return gone(ours, now);
    }
    CardText card = there(newest, now);
    StringBuilder text = new StringBuilder(card.text());
    if (!newest.complete()) {
      text.append(' ').append(messages.get("backup.incomplete.text"));
    }
    if (!newest.equals(ours.getFirst())) {
      text.append(' ').append(messages.get("backup.newer-gone"));
    }
    // Read back or proven, it lacks something all the same.
    boolean lacking = !newest.complete() && card.tone() == Tone.GOOD;
    return new CardText(
        lacking ? Tone.WARN : card.tone(),
        lacking ? messages.get("backup.incomplete") : card.word(),
        text.toString(),
        card.link());
  }

  /** Writes the card where no archive is where it was made. */
  private CardText gone(List<ShelvedArchive> ours, Instant now) {
    String age = AgeText.of(shared, ours.getFirst().created(), now);
    String link = messages.get("backup.link");
    if (ours.stream().anyMatch(one -> one.presence() == Presence.NOT_AS_WRITTEN)) {
      return new CardText(
          Tone.BAD, messages.get("backup.changed"), messages.get("backup.changed.text", age), link);
    }
    boolean away = ours.stream().anyMatch(one -> one.presence() == Presence.DISK_AWAY);
    return away
        ? new CardText(
            Tone.WARN, messages.get("backup.away"), messages.get("backup.away.text", age), link)
        : new CardText(
            Tone.BAD, messages.get("backup.gone"), messages.get("backup.gone.text", age), link);
  }

  private CardText there(ShelvedArchive newest, Instant now) {
    String age = AgeText.of(shared, newest.created(), now);
    String link = messages.get("backup.link");
    if (newest.fault() != null) {
      return new CardText(
          Tone.BAD, messages.get("backup.fault"), messages.get("backup.fault.text", age), link);
    }
    if (newest.verified() == null) {
      return new CardText(
          Tone.WARN,
          messages.get(newest.complete() ? "backup.unverified" : "backup.incomplete"),
          messages.get("backup.unverified.text", age),
          link);
    }
    Proof proof = newest.proof();
    if (proof != null) {
      return proven(newest, proof, age, link, now);
    }
    return new CardText(
        newest.complete() ? Tone.GOOD : Tone.WARN,
        newest.complete() ? messages.get("backup.verified") : messages.get("backup.incomplete"),
        messages.get("backup.verified.text", age, AgeText.of(shared, newest.verified(), now)),
        link);
  }

  private CardText proven(
      ShelvedArchive archive, Proof proof, String made, String link, Instant now) {
    String when = AgeText.of(shared, proof.at(), now);
    if (archive.proven()) {
      return new CardText(
          Tone.GOOD,
          messages.get("backup.proven", when),
          messages.get("backup.proven.text", made, proof.of()),
          link);
    }
    return new CardText(
        proof.failed() > 0 ? Tone.BAD : Tone.WARN,
        messages.get("backup.partly", proof.proven(), proof.of()),
        messages.get("backup.partly.text", made, when, String.join(" ", proof.reasons())),
        link);
  }

  /** Writes the card of secrets while all stacks are chosen. */
  CardText secretsOfOneStack() {
    return new CardText(
        Tone.OFF, messages.get("secrets.choose"), messages.get("secrets.choose.text"), "");
  }

  /** Writes the card of secrets. */
  CardText secrets(List<SecretStatus> secrets) {
    String link = messages.get("secrets.link");
    if (secrets.isEmpty()) {
      return new CardText(Tone.OFF, messages.get("none"), messages.get("secrets.none.text"), link);
    }
    long wrong =
        secrets.stream()
            .filter(secret -> secret.flags().stream().anyMatch(WRONG::contains))
            .count();
    long rotatable = secrets.stream().filter(SecretStatus::rotatable).count();
    String text = messages.get("secrets.text", secrets.size(), rotatable);
    return wrong > 0
        ? new CardText(Tone.WARN, messages.get("secrets.wrong", wrong), text, link)
        : new CardText(Tone.INFO, messages.get("secrets.known", secrets.size()), text, link);
  }

  /** Writes the card of the audit, which this version does not have. */
  CardText security() {
    return new CardText(Tone.OFF, messages.get("notset"), messages.get("security.text"), "");
  }

  /** Writes a card whose subject could not be read. */
  CardText unknown(Problem problem) {
    return new CardText(Tone.UNKNOWN, shared.get("state.unknown"), problem.title(), "");
  }

  /** Writes a card whose subject is being read. */
  CardText reading() {
    return new CardText(Tone.UNKNOWN, messages.get("reading"), "", "");
  }
}
