package dev.quayside.ui.secrets;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.control.UnknownText;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Words what the page shows of a secret. */
final class SecretsText {

  private static final Messages MESSAGES = Messages.of("secrets-page");

  private SecretsText() {}

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }

  /** Returns the class as a letter and in plain words. */
  static String classOf(RotationClass one) {
    return switch (one) {
      case R0 -> of("class.r0");
      case R1 -> of("class.r1");
      case R2 -> of("class.r2");
      case R3 -> of("class.r3");
      case R4 -> of("class.r4");
      case R5 -> of("class.r5");
      case R6 -> of("class.r6");
      case R7 -> of("class.r7");
      case UNCLASSIFIED -> of("class.unclassified");
    };
  }

  /** Returns in a sentence what changing a secret of this class means. */
  static String meaning(RotationClass one) {
    return switch (one) {
      case R0 -> of("meaning.r0");
      case R1 -> of("meaning.r1");
      case R2 -> of("meaning.r2");
      case R3 -> of("meaning.r3");
      case R4 -> of("meaning.r4");
      case R5 -> of("meaning.r5");
      case R6 -> of("meaning.r6");
      case R7 -> of("meaning.r7");
      case UNCLASSIFIED -> of("meaning.unclassified");
    };
  }

  static String flag(SecretFlag flag) {
    return switch (flag) {
      case MISSING -> of("flag.missing");
      case PUBLIC -> of("flag.public");
      case SHARED -> of("flag.shared");
      case DUPLICATE -> of("flag.duplicate");
      case DIFFERS -> of("flag.differs");
      case INERT -> of("flag.inert");
      case READABLE_BY_OTHERS -> of("flag.readable");
    };
  }

  static String flags(SecretStatus secret) {
    return secret.flags().stream().map(SecretsText::flag).collect(Collectors.joining(", "));
  }

  /** Returns the age, or a dash where nobody recorded a change. */
  static String age(SecretStatus secret, Instant now) {
    Instant changed = secret.changedAt();
    return changed == null ? UnknownText.DASH : Quantities.duration(Duration.between(changed, now));
  }

  static String consumers(SecretStatus secret) {
    return secret.consumers().isEmpty()
        ? of("consumers.none")
        : String.join(", ", secret.consumers());
  }

  /** Returns the button's words: what it does and what it touches. */
  static String rotateButton(String name, int services) {
    return switch (services) {
      case 0 -> of("plan.go.none", name);
      case 1 -> of("plan.go.one", name);
      default -> of("plan.go.many", name, services);
    };
  }
}
