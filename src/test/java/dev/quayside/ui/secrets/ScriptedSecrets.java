package dev.quayside.ui.secrets;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers the page as a script says; the real operations have tests of their own. */
public final class ScriptedSecrets implements SecretsDesk {

  final List<String> asked = new ArrayList<>();
  final List<RotationReceipt> receipts = new ArrayList<>();
  boolean broken;
  boolean refuse;
  Class<?> outcome;

  private static SecretStatus secret(
      String name,
      RotationClass one,
      int days,
      Set<SecretFlag> flags,
      boolean rotatable,
      String reason,
      String... consumers) {
    return new SecretStatus(
        name,
        one,
        Set.of(one),
        List.of(".env line " + (name.length() + days)),
        List.of(consumers),
        "a1b2c3d4e5f6",
        days < 0 ? null : Instant.now().minus(Duration.ofDays(days)),
        flags,
        rotatable,
        reason);
  }

  @Override
  public List<SecretStatus> list(String stack) throws ProblemException {
    asked.add("list " + stack);
    if (broken) {
      throw new ProblemException(
          new Problem(
              "BROKEN",
              "The environment file cannot be read",
              "Permission denied: /srv/dream/.env",
              "Nothing was changed.",
              "Give yourself the right to read it.",
              "chmod u+r /srv/dream/.env",
              ""));
    }
    return List.of(
        secret(
            "DASHBOARD_API_KEY",
            RotationClass.R1,
            -1,
            Set.of(),
            true,
            "",
            "dashboard",
            "dashboard-api"),
        secret(
            "LITELLM_KEY",
            RotationClass.R1,
            3,
            Set.of(),
            true,
            "",
            "litellm",
            "open-webui",
            "n8n",
            "perplexica"),
        secret(
            "LIVEKIT_API_SECRET",
            RotationClass.R1,
            120,
            Set.of(SecretFlag.SHARED),
            true,
            "",
            "livekit",
            "voice"),
        secret(
            "N8N_ENCRYPTION_KEY",
            RotationClass.R5,
            -1,
            Set.of(),
            false,
            "It decrypts what n8n has stored; a change loses its credentials.",
            "n8n"),
        secret(
            "OPENAI_API_KEY",
            RotationClass.R7,
            -1,
            Set.of(SecretFlag.MISSING),
            false,
            "It is issued by a third party.",
            "litellm"),
        secret(
            "POSTGRES_PASSWORD",
            RotationClass.R4,
            -1,
            Set.of(SecretFlag.PUBLIC, SecretFlag.READABLE_BY_OTHERS),
            false,
            "It was written into the database; changing it there comes later.",
            "postgres",
            "token-spy"),
        secret(
            "WEBUI_SECRET",
            RotationClass.R2,
            40,
            Set.of(SecretFlag.INERT),
            false,
            "It signs people in; rotating it comes later.",
            "open-webui"));
  }

  @Override
  public Outcome<RotationPlan> plan(String stack, String name) {
    asked.add("plan " + stack + " " + name);
    if (refuse) {
      return new Outcome.Refused<>(new Problem("REFUSED", "Not now", "", "", "", null, ""));
    }
    return new Outcome.Done<>(
        new RotationPlan(
            new Stack(stack, "dream-server", "v1", null, List.of()),
            List.of(
                new RotationPlan.PlannedSecret(
                    name,
                    12,
                    "sk-dream- and 32 hexadecimal characters",
                    List.of("litellm", "n8n"),
                    "a1b2c3d4e5f6")),
            Path.of("/srv/dream-server/.env"),
            "0",
            List.of("- " + name + "=••••••••", "+ " + name + "=••••••••"),
            List.of("litellm", "open-webui", "n8n"),
            List.of("perplexica"),
            List.of(
                "litellm, open-webui and n8n are not reachable for about 20 s while they are made"
                    + " anew.")));
  }

  @Override
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) {
    asked.add("run");
    if (outcome != null) {
      return new Outcome.Failed<>(
          new Problem(
              "ROTATION-NOT-PROVEN",
              "The new value was not accepted",
              "litellm answered 400 to GET /v1/models with the new value.",
              "The file and 3 services were put back as they were, and the old value is accepted"
                  + " again.",
              "Look at the log of litellm.",
              null,
              ""));
    }
    String name = plan.secrets().getFirst().name();
    RotationReceipt receipt =
        new RotationReceipt(
            "0123456789abcdef0123456789abcdef",
            plan.stack().name(),
            plan.file(),
            Instant.now().minusSeconds(40),
            Duration.ofSeconds(38),
            List.of(
                new RotationReceipt.RotatedSecret(
                    name,
                    "a1b2c3d4e5f6",
                    "0f9e8d7c6b5a",
                    List.of(
                        answer(ProbeAnswer.Credential.NEW, 200, ProbeAnswer.Verdict.ACCEPTED),
                        answer(ProbeAnswer.Credential.OLD, 400, ProbeAnswer.Verdict.REFUSED),
                        answer(ProbeAnswer.Credential.NONE, 401, ProbeAnswer.Verdict.REFUSED)))),
            List.of(
                new ServiceResult(
                    "litellm",
                    ServiceResult.Reached.HEALTHY,
                    "GET /health 200",
                    Duration.ofSeconds(14)),
                new ServiceResult(
                    "open-webui", ServiceResult.Reached.HEALTHY, "", Duration.ofSeconds(9)),
                new ServiceResult(
                    "n8n",
                    ServiceResult.Reached.RUNNING,
                    "no health check",
                    Duration.ofSeconds(3))),
            "5f0c".repeat(16),
            Path.of("/home/me/.local/state/quayside/receipts/0123456789abcdef.json"));
    receipts.addFirst(receipt);
    return new Outcome.Done<>(receipt);
  }

  private static ProbeAnswer answer(
      ProbeAnswer.Credential credential, int status, ProbeAnswer.Verdict verdict) {
    return new ProbeAnswer(
        credential,
        "litellm",
        "GET /v1/models",
        "container dream-webui (curl)",
        "http://litellm:4000",
        status,
        verdict);
  }

  @Override
  public List<RotationReceipt> receipts(String stack) {
    asked.add("receipts " + stack);
    return List.copyOf(receipts);
  }
}
