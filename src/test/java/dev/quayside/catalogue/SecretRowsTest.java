package dev.quayside.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table of secrets, in each era in which it exists, against the catalogue. */
class SecretRowsTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final List<Row> ROWS = read();

  /** One expectation, written down by hand in {@code secrets.csv}. */
  record Row(
      int row,
      String kind,
      String era,
      String name,
      Set<String> classes,
      List<String> copies,
      Set<String> consumers,
      String format,
      String probe) {

    @Override
    public String toString() {
      return row + " " + kind + (era.isEmpty() ? "" : "/" + era) + " " + name;
    }
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theCatalogueHoldsTheRow(Row row) {
    StackKind kind = CATALOGUE.kind(row.kind(), row.era());
    assertThat(kind.id()).isEqualTo(row.kind());
    List<CataloguedSecret> found =
        kind.secrets().stream().filter(secret -> secret.name().equals(row.name())).toList();
    assertThat(found).hasSize(1);
    CataloguedSecret secret = found.getFirst();
    assertThat(secret.row()).isEqualTo(row.row());
    assertThat(secret.classes()).map(Enum::name).containsExactlyInAnyOrderElementsOf(row.classes());
    assertThat(secret.storedIn())
        .map(copy -> copy.kind().name().toLowerCase(java.util.Locale.ROOT))
        .containsExactlyInAnyOrderElementsOf(row.copies());
    assertThat(secret.consumers()).containsExactlyInAnyOrderElementsOf(row.consumers());
    checkFormat(secret, row.format());
    assertThat(probeName(kind, secret)).isEqualTo(row.probe());
  }

  private static void checkFormat(CataloguedSecret secret, String format) {
    Generator generator = secret.generator();
    if (format.isEmpty()) {
      assertThat(generator).isNull();
      return;
    }
    assertThat(generator).isNotNull();
    assertThat(generator.bytes()).isGreaterThanOrEqualTo(16);
    String value = example(generator);
    assertThat(value).matches(format).hasSize(generator.length());
    if (format.contains("0-9a-f")) {
      assertThat(generator.alphabet()).isEqualTo(Generator.Alphabet.HEX);
    }
    try (Secret made = Secret.owning(value.toCharArray());
        Secret longer = Secret.owning((value + "a").toCharArray());
        Secret strange = Secret.owning((value.substring(1) + "$").toCharArray())) {
      assertThat(generator.fits(made)).isTrue();
      assertThat(generator.fits(longer)).isFalse();
      assertThat(generator.fits(strange)).isFalse();
    }
  }

  private static String example(Generator generator) {
    String cycle = generator.alphabet() == Generator.Alphabet.HEX ? "0123456789abcdef" : "aZ09_-";
    int length = generator.length() - generator.prefix().length();
    return generator.prefix() + cycle.repeat(length).substring(0, length);
  }

  private static String probeName(StackKind kind, CataloguedSecret secret) {
    if (secret.probe() == null) {
      return "";
    }
    return kind.probes().entrySet().stream()
        .filter(entry -> entry.getValue().equals(secret.probe()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyRowOfTheTableIsExpected() {
    Set<Integer> rows = ROWS.stream().map(Row::row).collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows).containsExactlyElementsOf(IntStream.rangeClosed(1, 47).boxed().toList());
  }

  @Test
  void theCatalogueHoldsNoRowThatTheTableLacks() {
    Map<String, Set<String>> expected = new HashMap<>();
    ROWS.forEach(row ->
        expected
            .computeIfAbsent(row.kind() + "/" + row.era(), _ -> new TreeSet<>())
            .add(row.name()));
    Map<String, Set<String>> found = new HashMap<>();
    for (StackKind kind : CATALOGUE.kinds()) {
      for (CataloguedSecret secret : kind.secrets()) {
        if (secret.row() > 0) {
          assertThat(
                  found
                      .computeIfAbsent(kind.id() + "/" + kind.era(), _ -> new TreeSet<>())
                      .add(secret.name()))
              .as("%s only once", secret.name())
              .isTrue();
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void keysOfAnUpgradedStackKeepTheirOldPrefix() {
    Generator ods = generator("ods", "LITELLM_KEY");
    Generator v2 = generator("v2", "LITELLM_KEY");
    try (Secret old = Secret.owning(("sk-dream-" + "a".repeat(32)).toCharArray());
        Secret now = Secret.owning(("sk-ods-" + "a".repeat(32)).toCharArray())) {
      assertThat(ods.fits(old)).isTrue();
      assertThat(ods.fits(now)).isTrue();
      assertThat(v2.fits(old)).isTrue();
      assertThat(v2.fits(now)).isFalse();
    }
  }

  private static Generator generator(String era, String name) {
    return Objects.requireNonNull(
        Objects.requireNonNull(CATALOGUE.kind("dream-server", era).secret(name)).generator());
  }

  @Test
  void noSecretThatDecryptsStoredDataCanBeGovernedByAnythingElse() {
    for (StackKind kind : CATALOGUE.kinds()) {
      for (CataloguedSecret secret : kind.secrets()) {
        if (secret.classes().contains(RotationClass.R5)) {
          assertThat(secret.governing()).as(secret.name()).isEqualTo(RotationClass.R5);
        }
      }
    }
  }

  @Test
  void peopleAreToldEachCopyThatComposeDoesNotRead() {
    assertThat(copies("llm-infrastructure", "", "WEBUI_API_KEY"))
        .containsExactly("the OpenAI connection in Open WebUI's database");
    assertThat(copies("dream-server", "ods", "LITELLM_KEY"))
        .contains(
            "HERMES_LLM_API_KEY in .env (in the modes cloud and lemonade)",
            "providers.litellm.apiKey in config/openclaw/openclaw.json",
            "~/.config/opencode/*.json (in the mode lemonade)")
        .hasSize(7);
    assertThat(copies("dream-server", "ods", "SEARXNG_SECRET"))
        .containsExactly("server.secret_key in config/searxng/settings.yml");
    assertThat(copies("local-llm-stack", "", "JWT_SECRET"))
        .containsExactly(
            "JWT_SECRET in config/.secrets",
            "JWT_SECRET in config/librechat/.env",
            "JWT_SECRET in data/librechat/.env");
    assertThat(copies("dream-server", "v1", "LITELLM_KEY")).isEmpty();
  }

  private static List<String> copies(String kind, String era, String name) {
    return Objects.requireNonNull(CATALOGUE.kind(kind, era).secret(name)).copies();
  }

  private static List<Row> read() {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SecretRowsTest.class.getResourceAsStream("secrets.csv")),
                UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(line -> addRows(line, rows));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return List.copyOf(rows);
  }

  private static void addRows(String line, List<Row> rows) {
    String[] cells = line.split(Pattern.quote(" ; "), -1);
    for (String era : cells[2].split(" ")) {
      rows.add(
          new Row(
              Integer.parseInt(cells[0]),
              cells[1],
              none(era),
              cells[3].replace("@U", era.equals("ods") ? "ODS" : "DREAM"),
              Set.copyOf(words(cells[4])),
              words(cells[5]),
              Set.copyOf(words(cells[6])),
              none(cells[7]).replace("@p", era.equals("ods") ? "ods" : "dream"),
              none(cells[8])));
    }
  }

  private static List<String> words(String cell) {
    return none(cell).isEmpty() ? List.of() : Arrays.asList(cell.split(" "));
  }

  private static String none(String cell) {
    return cell.equals("-") ? "" : cell;
  }
}
