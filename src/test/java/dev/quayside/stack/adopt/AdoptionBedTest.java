package dev.quayside.stack.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.bed.TreeHash;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Journal;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.stack.picture.StackPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points Quayside at every fixture as its owner has it, and compares with what Compose says. */
@Tag("bed")
class AdoptionBedTest {

  private final Bed bed = Bed.required();
  private final Endpoint endpoint = new Endpoint.Unix(bed.socket());
  private final Catalogue catalogue = Catalogue.load();
  @TempDir private Path folder;
  private AdoptedStacks list;
  private Adoption adoption;
  private StackPictures pictures;
  private Compose compose;

  @BeforeEach
  void open() throws Exception {
    Home home = home();
    home.create();
    compose = Compose.on(endpoint, bed.environment());
    StackDetector detector = new StackDetector(catalogue, compose);
    list = new AdoptedStacks(home);
    InstantSource clock = InstantSource.system();
    adoption = new Adoption(detector, list, Journal.open(home, clock), clock);
    pictures = new StackPictures(catalogue, detector, list);
  }

  @ParameterizedTest
  @CsvSource({
    "a, llm-infrastructure, '', 13, DEFAULT",
    "b1, dream-server, v1, 18, DEFAULT",
    "b15, dream-server, v2, 21, ASSEMBLED",
    "b2, dream-server, ods, 22, LIST",
    "c, local-llm-stack, '', 4, KIND",
    "sample, sample, '', 12, DEFAULT",
  })
  void aFixtureIsUnderstoodWithoutAByteChanged(
      String name, String kind, String era, int services, FoundStack.Origin origin)
      throws Exception {
    BedStack fixture = bed.fixture(name, Files.createDirectories(folder.resolve("where it lies")));
    Path root = fixture.directory();
    String before = TreeHash.of(root);

    FoundStack found = adoption.look(root, Wishes.NONE, List.of());
    AdoptedStack stack = adoption.add(root, Wishes.NONE, List.of());
    StackPicture picture = pictures.of(adopted(stack));

    assertThat(TreeHash.of(root)).isEqualTo(before);
    assertThat(stack.kind()).isEqualTo(kind);
    assertThat(stack.era()).isEqualTo(era);
    assertThat(found.origin()).isEqualTo(origin);
    assertThat(found.complaint()).isNull();
    assertThat(stack.invocation().directory())
        .isEqualTo(name.equals("c") ? root.resolve("core") : root);
    assertThat(stack.invocation().files()).containsExactlyElementsOf(filesOf(fixture));
    assertThat(stack.invocation().envFiles())
        .isEqualTo(name.equals("c") ? List.of(root.resolve("config/.env")) : List.of());
    assertThat(stack.project()).isEqualTo(projectOf(fixture));
    assertThat(picture.services()).hasSize(services);
    assertThat(picture.services().stream().map(StackPicture.Service::name))
        .containsExactlyInAnyOrderElementsOf(servicesOf(fixture));
    assertThat(picture.complaint()).isNull();
  }

  @Test
  void filesThatComposeRejectsAreToldWithFileAndLineAndAdoptedAllTheSame() throws Exception {
    BedStack fixture = bed.fixture("c-head", folder.resolve("c-head"));
    Path root = fixture.directory();
    String before = TreeHash.of(root);

    AdoptedStack stack = adoption.add(root, Wishes.NONE, List.of());
    Problem complaint = Objects.requireNonNull(pictures.of(adopted(stack)).complaint());

    assertThat(TreeHash.of(root)).isEqualTo(before);
    assertThat(stack.kind()).isEqualTo("local-llm-stack");
    assertThat(stack.project()).isEqualTo("core");
    Path file = root.resolve("core/docker-compose.yml");
    assertThat(complaint.happened()).startsWith(file + ", line ");
    int line =
        Integer.parseInt(complaint.happened().replaceAll("(?s)^.*?, line ([0-9]+):.*", "$1"));
    // Compose names services.librechat.environment.[3].
    assertThat(Files.readAllLines(file).get(line - 1)).contains("- if [").contains("DEBUG_MODE");
  }

  @Test
  void whatMadeTheContainersGoesBeforeWhatTheFolderTells() throws Exception {
    Path place = folder.resolve("profiled");
    Files.createDirectories(place);
    Files.writeString(
        place.resolve("compose.yaml"),
        """
        services:
          always:
            image: quayside-bed/plain:1
          voice:
            image: quayside-bed/plain:1
            profiles: [voice]
          rag:
            image: quayside-bed/plain:1
            profiles: [rag]
        """);
    Files.writeString(
        place.resolve("more.yaml"), "services: {extra: {image: \"quayside-bed/plain:1\"}}\n");
    bed.docker(
        "compose",
        "-f",
        place.resolve("compose.yaml").toString(),
        "-f",
        place.resolve("more.yaml").toString(),
        "--profile",
        "voice",
        "create");
    try {
      AdoptedStack stack = adoption.add(place, Wishes.NONE, new Stacks(catalogue).all(snapshot()));
      assertThat(stack.invocation().files())
          .containsExactly(place.resolve("compose.yaml"), place.resolve("more.yaml"));
      assertThat(stack.invocation().profiles()).containsExactly("voice");

      StackPicture picture =
          pictures.of(new Stacks(catalogue, List::of).find(snapshot(), "profiled"));
      assertThat(picture.differences()).singleElement().asString().contains("more.yaml");
      assertThat(picture.profiles())
          .containsExactly(
              new StackPicture.Profile("rag", List.of("rag"), 0),
              new StackPicture.Profile("voice", List.of("voice"), 1));
    } finally {
      for (String service : List.of("always", "voice", "extra")) {
        bed.docker("rm", "-f", "profiled-" + service + "-1");
      }
      bed.docker("network", "rm", "profiled_default");
    }
  }

  @Test
  void aFolderAboveAndOneWithoutAStackAreTold() throws Exception {
    bed.fixture("a", folder.resolve("above"));
    assertThatThrownBy(() -> adoption.add(folder.resolve("above"), Wishes.NONE, List.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> {
              assertThat(failure.problem().code()).isEqualTo("STACK-INSIDE");
              assertThat(failure.problem().happened()).contains("above/llm-infrastructure");
            });
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> adoption.add(empty, Wishes.NONE, List.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> assertThat(failure.problem().code()).isEqualTo("NO-STACK"));
    assertThat(list.all()).isEmpty();
  }

  private Home home() {
    return new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
  }

  private Stack adopted(AdoptedStack stack) throws ProblemException {
    EngineSnapshot nothing = new EngineSnapshot(new Connection.Connecting(), List.of(), false);
    return new Stacks(catalogue, () -> List.of(stack)).find(nothing, stack.name());
  }

  private EngineSnapshot snapshot() throws ProblemException {
    try (Engine engine = new SocketConnector(bed.environment()).connect(endpoint)) {
      return new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
    }
  }

  /** The owner's files without the bed's overlays. */
  private static List<Path> filesOf(BedStack fixture) {
    List<Path> files = new ArrayList<>();
    List<String> words = fixture.arguments();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).equals("-f") && !words.get(i + 1).matches(".*/(bed|quick)\\.yml")) {
        files.add(fixture.directory().resolve(words.get(i + 1)));
      }
    }
    return files;
  }

  private static List<String> servicesOf(BedStack fixture) throws Exception {
    return fixture.compose("--profile", "*", "config", "--services").lines().toList();
  }

  private static String projectOf(BedStack fixture) throws Exception {
    return fixture
        .compose("config", "--no-interpolate")
        .lines()
        .filter(line -> line.startsWith("name: "))
        .map(line -> line.substring("name: ".length()))
        .findFirst()
        .orElseThrow();
  }
}
