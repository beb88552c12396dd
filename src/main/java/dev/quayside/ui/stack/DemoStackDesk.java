package dev.quayside.ui.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Feed;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Shows the scripted stacks of the demo. Their folders do not exist, so their sizes are scripted
 * too.
 */
public final class DemoStackDesk implements StackDesk {

  private static final Map<String, List<String>> NEEDS =
      Map.of(
          "litellm", List.of("vllm"),
          "open-webui", List.of("litellm", "qdrant", "tts", "whisper"),
          "n8n", List.of("litellm", "postgres"),
          "dashboard", List.of("n8n", "open-webui"),
          "router", List.of("llama_0", "qwen_1"),
          "openwebui", List.of("router"),
          "librechat", List.of("meilisearch", "mongodb", "ollama"));

  private static final Map<String, String> ERAS = Map.of("dream-server", "v1");

  private final Feed<EngineSnapshot> engine;

  /** Creates the desk over the demo's containers. */
  public DemoStackDesk(Feed<EngineSnapshot> engine) {
    this.engine = engine;
  }

  @Override
  public Shown show(String name) throws ProblemException {
    Catalogue catalogue = Catalogue.load();
    Stack stack = new Stacks(catalogue).find(engine.latest(), name);
    StackKind kind = catalogue.kind(name, ERAS.getOrDefault(name, ""));
    Path root = Path.of("/srv", name);
    ComposeInvocation called =
        new ComposeInvocation(
            name, root, List.of(root.resolve("docker-compose.yml")), List.of(), List.of());
    List<String> present = stack.services().stream().map(StackService::name).toList();
    List<StackPicture.Service> services =
        stack.services().stream()
            .map(service ->
                new StackPicture.Service(
                    service.name(),
                    List.of(),
                    NEEDS.getOrDefault(service.name(), List.of()).stream()
                        .filter(present::contains)
                        .toList(),
                    service.containers(),
                    kind.keptStopped().contains(service.name()),
                    true))
            .toList();
    List<StackPicture.Data> data =
        kind.dataFolders().stream().map(known -> data(known, root)).toList();
    StackPicture picture =
        new StackPicture(
            stack,
            kind.title(),
            root,
            called,
            null,
            null,
            services,
            List.of(),
            List.of(new StackPicture.EnvFile(root.resolve(".env"), true, List.of())),
            data,
            List.of(),
            List.of(),
            List.of());
    return new Shown(picture, true);
  }

  private static StackPicture.Data data(DataFolder known, Path root) {
    boolean folder = known.where() == DataFolder.Where.FOLDER;
    boolean variable = known.path().contains("$");
    return new StackPicture.Data(
        known,
        folder && !variable ? root.resolve(known.path()).normalize() : null,
        folder && variable
            ? new StackPicture.Unplaced(StackPicture.Unplaced.Why.UNREADABLE, "")
            : null);
  }

  /** Makes up a size that is the same each time. */
  @Override
  public PlaceSize size(Path place) {
    int seed = Math.floorMod(place.toString().hashCode(), 997);
    if (seed % 7 == 3) {
      return new PlaceSize.Closed();
    }
    boolean small =
        String.valueOf(place.getFileName()).contains(".") || place.toString().contains("/config/");
    return new PlaceSize.Known((long) seed * (small ? 997L : seed * 7_919L), small ? 1 : seed);
  }

  @Override
  public Candidate look(Path folder) throws ProblemException {
    throw new ProblemException(demo());
  }

  @Override
  public AdoptedStack adopt(Path folder, String name) throws ProblemException {
    throw new ProblemException(demo());
  }

  @Override
  public void forget(String stack) throws ProblemException {
    throw new ProblemException(demo());
  }

  private static Problem demo() {
    return new Problem(
        "DEMO",
        StackText.of("demo.title"),
        StackText.of("demo.happened"),
        StackText.of("demo.unchanged"),
        StackText.of("demo.next"),
        null,
        "");
  }
}
