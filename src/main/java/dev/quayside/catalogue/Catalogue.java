package dev.quayside.catalogue;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives what is known of kinds of stacks; immutable data from {@code /catalogue}. */
public final class Catalogue {

  private static final String FOLDER = "/catalogue/";

  private final List<StackKind> kinds;
  private final StackKind generic;
  private final List<Pattern> secretNames;
  private final Set<String> notSecretNames;
  private final LayerPaths noise;
  private final Placeholders placeholders;
  private final Map<String, Adapter> adapters;

  private Catalogue(List<StackKind> kinds, StackKind generic, JsonNode common) {
    this.kinds = List.copyOf(kinds);
    this.generic = generic;
    this.secretNames = Nodes.texts(common, "secretNames").stream().map(Pattern::compile).toList();
    this.notSecretNames = Set.copyOf(Nodes.texts(common, "notSecretNames"));
    this.noise = new LayerPaths(Nodes.texts(common, "layerNoise"));
    this.placeholders =
        new Placeholders(
            Nodes.texts(common.path("placeholders"), "words"),
            Nodes.texts(common.path("placeholders"), "prefixes"));
    this.adapters = Map.copyOf(CatalogueReader.adapters(common.path("adapters")));
  }

  /** Loads the catalogue that came with the program. */
  public static Catalogue load() {
    JsonNode common = read("common.json");
    List<StackKind> kinds = new ArrayList<>();
    for (String file : Nodes.texts(common, "kinds")) {
      kinds.add(CatalogueReader.kind(read(file), Set.copyOf(Nodes.texts(common, "publicValues"))));
    }
    StackKind generic =
        kinds.stream()
            .filter(kind -> kind.id().equals(StackKind.GENERIC))
            .findFirst()
            .orElseThrow();
    return new Catalogue(kinds, generic, common);
  }

  private static JsonNode read(String file) {
    try (InputStream stream = Catalogue.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalStateException("the catalogue lacks " + file);
      }
      return JsonMapper.builder().build().readTree(stream);
    } catch (IOException failure) {
      throw new IllegalStateException("the catalogue cannot be read: " + file, failure);
    }
  }

  /** Returns all kinds. */
  public List<StackKind> kinds() {
    return kinds;
  }

  /**
   * Returns the kind of a stack that has {@code services}; the generic kind where no other fits, or
   * several eras of one do.
   *
   * @param containers names of its containers, which tell eras with the same services apart; empty
   *     where none are known
   */
  public StackKind kindOf(Collection<String> services, Collection<String> containers) {
    List<StackKind> fitting =
        kinds.stream()
            .filter(kind -> !kind.recognition().services().isEmpty())
            .filter(kind -> services.containsAll(kind.recognition().services()))
            .filter(kind -> kind.recognition().without().stream().noneMatch(services::contains))
            .toList();
    return fitting.stream()
        .filter(kind -> {
          String prefix = kind.recognition().containerPrefix();
          return !prefix.isEmpty() && containers.stream().anyMatch(name -> name.startsWith(prefix));
        })
        .findFirst()
        .or(() -> alone(fitting))
        .orElse(generic);
  }

  /** Two eras of one kind have rules that differ: which it is must not be guessed. */
  private static Optional<StackKind> alone(List<StackKind> fitting) {
    return fitting.stream().map(StackKind::id).distinct().count() == fitting.size()
        ? fitting.stream().findFirst()
        : Optional.empty();
  }

  /** Returns the kind of the stack in the folder {@code root} by its files, or the generic kind. */
  public StackKind kindOfFolder(Path root) {
    return kinds.stream()
        .filter(kind -> FolderSigns.fit(kind.recognition(), root))
        .findFirst()
        .orElse(generic);
  }

  /** Returns the kind {@code id} of {@code era}; the generic kind where there is none. */
  public StackKind kind(String id, String era) {
    return kinds.stream()
        .filter(kind -> kind.id().equals(id) && kind.era().equals(era))
        .findFirst()
        .orElse(generic);
  }

  /** Returns whether the variable {@code name} looks like one that holds a secret. */
  public boolean looksSecret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return !notSecretNames.contains(upper)
        && secretNames.stream().anyMatch(pattern -> pattern.matcher(upper).find());
  }

  /**
   * Returns whether {@code value} stands for a secret that nobody has set yet, such as {@code
   * changeme}, in whatever case.
   */
  public boolean isPlaceholder(Secret value) {
    return placeholders.contain(value);
  }

  /** Returns the way of capturing data that {@code id} names, or null. */
  public @Nullable Adapter adapter(String id) {
    return adapters.get(id);
  }

  /** Returns all ways of capturing data. */
  public Collection<Adapter> adapters() {
    return adapters.values();
  }

  /**
   * Returns whether {@code path} in the writable layer of {@code service} may be lost when it is
   * made anew.
   */
  public boolean expendable(StackKind kind, String service, String path) {
    return !kept(kind, service, path)
        && (noise.covers(path) || kind.layer().isExpendable(service, path));
  }

  /**
   * Returns whether {@code path} in the writable layer of {@code service} is data that has to be
   * copied out before the container is made anew, and back afterwards.
   */
  public boolean kept(StackKind kind, String service, String path) {
    return kind.layer().isKept(service, path);
  }
}
