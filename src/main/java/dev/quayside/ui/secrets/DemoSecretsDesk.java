package dev.quayside.ui.secrets;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows a scripted list of secrets for the demo. It changes nothing and says so. */
public final class DemoSecretsDesk implements SecretsDesk {

  private final InstantSource clock;

  /** Creates the desk; ages are counted back from {@code clock}. */
  public DemoSecretsDesk(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<SecretStatus> list(String stack) {
    return List.of(
        secret("DASHBOARD_API_KEY", RotationClass.R1, days(12), Set.of(), "dashboard"),
        secret(
            "LITELLM_KEY", RotationClass.R1, days(104), Set.of(), "litellm", "open-webui", "n8n"),
        secret("N8N_ENCRYPTION_KEY", RotationClass.R5, null, Set.of(), "n8n"),
        secret("OPENAI_API_KEY", RotationClass.R7, null, Set.of(SecretFlag.MISSING), "litellm"),
        secret(
            "POSTGRES_PASSWORD",
            RotationClass.R4,
            null,
            Set.of(SecretFlag.PUBLIC),
            "postgres",
            "n8n"),
        secret("QDRANT_API_KEY", RotationClass.R1, null, Set.of(SecretFlag.SHARED), "qdrant"),
        secret("WEBUI_SECRET", RotationClass.R2, days(40), Set.of(), "open-webui"));
  }

  private Instant days(int count) {
    return clock.instant().minus(Duration.ofDays(count));
  }

  private static SecretStatus secret(
      String name,
      RotationClass governing,
      @Nullable Instant changed,
      Set<SecretFlag> flags,
      String... consumers) {
    boolean rotatable = governing == RotationClass.R1;
    return new SecretStatus(
        name,
        governing,
        Set.of(governing),
        flags.contains(SecretFlag.MISSING) ? List.of() : List.of(".env"),
        List.of(consumers),
        "",
        changed,
        flags,
        rotatable,
        rotatable ? "" : SecretsText.of("demo.reason"));
  }

  @Override
  public Outcome<RotationPlan> plan(String stack, String name) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public List<RotationReceipt> receipts(String stack) {
    return List.of();
  }

  private static Problem demo() {
    return new Problem(
        "DEMO",
        SecretsText.of("demo.title"),
        SecretsText.of("demo.happened"),
        SecretsText.of("demo.unchanged"),
        SecretsText.of("demo.next"),
        null,
        "");
  }
}
