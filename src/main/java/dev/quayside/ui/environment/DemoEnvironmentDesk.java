package dev.quayside.ui.environment;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.Stack;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvCheck;
import dev.quayside.stack.settings.EnvDiff;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvJudge;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows a scripted file for the demo. What is typed is checked by the real rules; nothing is
 * written, and that is said.
 */
public final class DemoEnvironmentDesk implements EnvironmentDesk {

  private static final Path FOLDER = Path.of("/srv/demo");
  private static final Set<EnvReader> READERS = EnumSet.of(EnvReader.COMPOSE, EnvReader.SHELL);
  private static final String CONTENT =
      """
      # ---- models ----
      LLM_MODEL=qwen2.5-14b-instruct-awq
      CTX_SIZE=16384
      GPU_MEMORY_UTILIZATION=0.90
      # ---- addresses ----
      BIND_ADDRESS=127.0.0.1
      WEBUI_PORT=3000
      OPENAI_API_BASE_URL=http://${BIND_ADDRESS}:4000/v1
      # ---- secrets ----
      LITELLM_KEY=sk-demo-0000000000000000
      WEBUI_SECRET=demo-secret-0000000000
      N8N_ENCRYPTION_KEY=demo-key-000000000000
      POSTGRES_PASSWORD=changeme
      # ---- the rest ----
      TIMEZONE=Europe/Vienna
      LOG_LEVEL=info
      ENABLE_TELEMETRY=
      WHISPER_MODEL=base
      LOG_LEVEL=warn
      """;

  private final InstantSource clock;
  private final Catalogue catalogue = Catalogue.load();

  /** Creates the desk; ages are counted back from {@code clock}. */
  public DemoEnvironmentDesk(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public EnvListing list(String stack) {
    Stack demo = new Stack(stack, "generic", "", null, List.of());
    EnvTarget dev = target(demo, ".env.dev", EnvTarget.Role.SET);
    EnvTarget prod = target(demo, ".env.prod", EnvTarget.Role.SET);
    return new EnvListing(
        List.of(target(demo, ".env", EnvTarget.Role.ACTIVE), dev, prod),
        List.of(new EnvSet("prod", prod, false, 2), new EnvSet("dev", dev, false, 5)),
        null,
        null);
  }

  private static EnvTarget target(Stack stack, String name, EnvTarget.Role role) {
    return new EnvTarget(stack, FOLDER.resolve(stack.name()).resolve(name), name, role, READERS);
  }

  private EnvJudge judge() {
    return EnvJudge.of(catalogue, catalogue.kind("generic", ""));
  }

  private static EnvFile file() {
    return EnvFile.parse(Path.of(".env"), CONTENT.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public EnvView view(EnvTarget target) {
    try (EnvFile file = file()) {
      List<EnvView.Setting> settings = new ArrayList<>();
      for (String name : file.names()) {
        EnvEntry entry = file.entry(name);
        String shown = shown(file, name);
        if (entry != null && shown != null) {
          settings.add(new EnvView.Setting(name, entry.line(), shown, shown.equals(EnvDiff.MASK)));
        }
      }
      return new EnvView(
          target,
          true,
          file.hash(),
          settings,
          new EnvCheck(judge()).ofContent(file, target.readers()));
    }
  }

  private @Nullable String shown(EnvFile file, String name) {
    try (Secret value = file.value(name)) {
      if (value == null) {
        return null;
      }
      return value.length() > 0 && judge().secret(name)
          ? EnvDiff.MASK
          : value.withChars(String::new);
    }
  }

  @Override
  public boolean secret(EnvTarget target, String name) {
    return judge().secret(name);
  }

  @Override
  public @Nullable Secret reveal(EnvTarget target, String name) {
    try (EnvFile file = file()) {
      return file.value(name);
    }
  }

  @Override
  public Outcome<EnvPreview> preview(EnvWish wish) {
    try (EnvFile before = file()) {
      return switch (wish) {
        case EnvWish.Edits edits -> new Outcome.Done<>(edited(edits, before));
        case EnvWish.Restore(EnvTarget target, EnvVersion version) ->
            new Outcome.Done<>(scripted(target, before));
        case EnvWish.Switch(EnvTarget target, String set) ->
            new Outcome.Done<>(scripted(target, before));
      };
    } catch (ProblemException refused) {
      return new Outcome.Refused<>(refused.problem());
    }
  }

  private EnvPreview edited(EnvWish.Edits edits, EnvFile before) throws ProblemException {
    Set<String> names = new LinkedHashSet<>();
    EnvFile after = file();
    try {
      for (EnvChange change : edits.changes()) {
        EnvFile next = change.applied(after, edits.target().readers());
        after.close();
        after = next;
        names.add(change.name());
      }
      List<EnvDifference> differences = new ArrayList<>();
      for (String name : names) {
        EnvDifference difference = difference(name, before, after);
        if (difference != null) {
          differences.add(difference);
        }
      }
      return new EnvPreview(
          edits.target(),
          differences,
          new EnvCheck(judge()).ofContent(after, edits.target().readers()),
          before.hash(),
          after.hash());
    } finally {
      after.close();
    }
  }

  private @Nullable EnvDifference difference(String name, EnvFile before, EnvFile after) {
    EnvEntry was = before.entry(name);
    EnvEntry is = after.entry(name);
    EnvDifference.Kind kind;
    if (was == null) {
      kind = EnvDifference.Kind.ADDED;
    } else if (is == null) {
      kind = EnvDifference.Kind.REMOVED;
    } else if (!same(name, before, after)) {
      kind = EnvDifference.Kind.CHANGED;
    } else if (before.count(name) != after.count(name)) {
      kind = EnvDifference.Kind.REPEATED;
    } else {
      return null;
    }
    return new EnvDifference(
        kind,
        name,
        was == null ? 0 : was.line(),
        is == null ? 0 : is.line(),
        shown(before, name),
        shown(after, name));
  }

  private static boolean same(String name, EnvFile before, EnvFile after) {
    try (Secret was = before.value(name);
        Secret is = after.value(name)) {
      return was != null && is != null && was.sameAs(is);
    }
  }

  private static EnvPreview scripted(EnvTarget target, EnvFile before) {
    return new EnvPreview(target, script(), List.of(), before.hash(), "");
  }

  private static List<EnvDifference> script() {
    return List.of(
        new EnvDifference(EnvDifference.Kind.CHANGED, "CTX_SIZE", 3, 3, "16384", "32768"),
        new EnvDifference(
            EnvDifference.Kind.CHANGED, "LITELLM_KEY", 10, 10, EnvDiff.MASK, EnvDiff.MASK));
  }

  @Override
  public EnvImpact impact(EnvWish wish) {
    return new EnvImpact(
        List.of("litellm", "open-webui"),
        List.of(),
        List.of(),
        List.of(),
        List.of("postgres", "qdrant"),
        null);
  }

  @Override
  public EnvImpact impactNow(String stack) {
    return new EnvImpact(
        List.of(), List.of(), List.of(), List.of(), List.of("litellm", "open-webui"), null);
  }

  @Override
  public Outcome<EnvReceipt> save(EnvWish wish, EnvPreview shown) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public Outcome<LifecycleReceipt> apply(String stack, List<String> confirmed, Progress progress) {
    return new Outcome.Refused<>(demo());
  }

  @Override
  public EnvHistory.Found history(EnvTarget target) {
    if (target.role() != EnvTarget.Role.ACTIVE) {
      return new EnvHistory.Found(List.of(), List.of());
    }
    List<EnvVersion> versions =
        List.of(
            version(target, "00000002", 3, "edit", List.of("CTX_SIZE")),
            version(target, "00000001", 26, "edit", List.of("LITELLM_KEY", "WEBUI_SECRET")),
            new EnvVersion(
                ".env.backup-20260201",
                target.file(),
                clock.instant().minus(Duration.ofDays(41)),
                "",
                CONTENT.length(),
                "foreign",
                List.of(),
                target.file().resolveSibling(".env.backup-20260201"),
                "rw-r--r--"));
    return new EnvHistory.Found(versions, List.of());
  }

  private EnvVersion version(
      EnvTarget target, String id, int days, String reason, List<String> names) {
    return new EnvVersion(
        id,
        target.file(),
        clock.instant().minus(Duration.ofDays(days)),
        "",
        CONTENT.length(),
        reason,
        names,
        null,
        "");
  }

  @Override
  public List<EnvDifference> diff(EnvTarget target, EnvVersion older) {
    return script();
  }

  private static Problem demo() {
    return new Problem(
        "DEMO",
        EnvironmentText.of("demo.title"),
        EnvironmentText.of("demo.happened"),
        EnvironmentText.of("demo.unchanged"),
        EnvironmentText.of("demo.next"),
        null,
        "");
  }
}
