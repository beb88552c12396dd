package dev.quayside.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The texts people read: each key that is asked for exists, each that exists is asked for, each can
 * be shown.
 */
final class MessageBundlesTest {

  private static final Path BUNDLES = Path.of("resources/dev/quayside/messages");
  private static final Pattern KEY_LINE = Pattern.compile("^\\s*([^#!\\s=:][^=:\\s]*)\\s*[=:]");

  /** Read by picocli in its own syntax; the test of the help finds what is missing there. */
  private static final String HELP = "cli-help";

  private static Map<String, Properties> bundles;
  private static MessageUse product;

  @BeforeAll
  static void read() throws IOException {
    bundles = new TreeMap<>();
    for (Path file : bundleFiles()) {
      Properties texts = new Properties();
      try (var reader = Files.newBufferedReader(file, UTF_8)) {
        texts.load(reader);
      }
      if (!area(file).equals(HELP)) {
        bundles.put(area(file), texts);
      }
    }
    product = MessageUse.of(Path.of("target/classes"));
  }

  @Test
  void eachKeyThatIsAskedForExists() {
    assertThat(missing(product, bundles)).as("add these keys to their bundle").isEmpty();
  }

  @Test
  void eachKeyThatExistsIsAskedFor() {
    List<String> unused = new ArrayList<>();
    bundles.forEach((area, texts) ->
        texts.stringPropertyNames().stream()
            .filter(key -> !product.uses(key))
            .forEach(key -> unused.add(area + ": " + key)));
    assertThat(unused).as("remove these keys from their bundle").isEmpty();
  }

  @Test
  void noKeyIsDefinedTwice() throws IOException {
    List<String> twice = new ArrayList<>();
    for (Path file : bundleFiles()) {
      Map<String, Integer> count = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file, UTF_8)) {
        var key = KEY_LINE.matcher(line);
        if (key.find()) {
          count.merge(key.group(1), 1, Integer::sum);
        }
      }
      count.forEach((key, number) -> {
        if (number > 1) {
          twice.add(area(file) + ": " + key);
        }
      });
    }
    assertThat(twice).isEmpty();
  }

  @Test
  void eachTextIsAPatternWhoseQuotesAreDoubled() {
    List<String> wrong = new ArrayList<>();
    bundles.forEach((area, texts) ->
        texts.forEach((key, text) -> {
          if (((String) text).replace("''", "").contains("'") || !isPattern((String) text)) {
            wrong.add(area + ": " + key + " = " + text);
          }
        }));
    assertThat(wrong).as("write '' for an apostrophe and {0} for an argument").isEmpty();
  }

  /** The reading itself has to be able to find something: the fixture asks for one of each sort. */
  @Test
  void theReadingSeesConstantsConcatenationsAndNestedCalls() throws IOException {
    MessageUse fixture =
        MessageUse.of(Path.of("target/test-classes/dev/quayside/messages/fixture"));
    Properties texts = new Properties();
    texts.setProperty("outer", "");
    texts.setProperty("state.running", "");

    assertThat(missing(fixture, Map.of("fixture", texts)))
        .singleElement()
        .asString()
        .contains("inner", "Asking.ask");
    assertThat(missing(fixture, Map.of("fixture", new Properties()))).hasSize(3);
    assertThat(fixture.uses("state.running")).isTrue();
    assertThat(fixture.uses("status.running")).isFalse();
  }

  private static List<String> missing(MessageUse use, Map<String, Properties> bundles) {
    List<String> missing = new ArrayList<>();
    for (MessageUse.Call call : use.calls()) {
      Set<String> areas = use.areas(call.nest());
      Collection<Properties> candidates =
          areas.isEmpty()
              ? bundles.values()
              : bundles.entrySet().stream()
                  .filter(bundle -> areas.contains(bundle.getKey()))
                  .map(Map.Entry::getValue)
                  .toList();
      boolean found =
          candidates.stream()
              .flatMap(texts -> texts.stringPropertyNames().stream())
              .anyMatch(key -> call.key().matcher(key).matches());
      if (!found) {
        missing.add(call.key() + " asked for by " + call.place() + " of " + areas);
      }
    }
    return missing;
  }

  private static boolean isPattern(String text) {
    try {
      new MessageFormat(text);
      return true;
    } catch (IllegalArgumentException notAPattern) {
      return false;
    }
  }

  private static List<Path> bundleFiles() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
    }
  }

  private static String area(Path file) {
    return file.getFileName().toString().replace(".properties", "");
  }
}
