package dev.quayside.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

  private Catalogue(List<StackKind> kinds, StackKind generic, JsonNode common) {
    this.kinds = List.copyOf(kinds);
    this.generic = generic;
    this.secretNames =
        CatalogueReader.texts(common, "secretNames").stream().map(Pattern::compile).toList();
    this.notSecretNames = Set.copyOf(CatalogueReader.texts(common, "notSecretNames"));
    this.noise = new LayerPaths(CatalogueReader.texts(common, "layerNoise"));
  }

  /** Loads the catalogue that came with the program. */
  public static Catalogue load() {
    JsonNode common = read("common.json");
    List<StackKind> kinds = new ArrayList<>();
    for (String file : CatalogueReader.texts(common, "kinds")) {
      kinds.add(
          CatalogueReader.kind(
              read(file), Set.copyOf(CatalogueReader.texts(common, "publicValues"))));
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
   * Returns the kind of a stack that has {@code services}; the generic kind where no other fits.
   */
  public StackKind kindOf(Collection<String> services) {
    return kinds.stream()
        .filter(kind -> !kind.services().isEmpty())
        .filter(kind -> services.containsAll(kind.services()))
        .filter(kind -> kind.without().stream().noneMatch(services::contains))
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
   * Returns whether {@code path} in the writable layer of {@code service} may be lost when it is
   * made anew.
   */
  public boolean expendable(StackKind kind, String service, String path) {
    return noise.covers(path)
        || new LayerPaths(kind.layerData().getOrDefault("*", List.of())).covers(path)
        || new LayerPaths(kind.layerData().getOrDefault(service, List.of())).covers(path);
  }

  /**
   * Returns whether {@code path} in the writable layer of {@code service} is data that is copied
   * out and back when it is made anew.
   */
  public boolean kept(StackKind kind, String service, String path) {
    return new LayerPaths(kind.layerKept().getOrDefault("*", List.of())).covers(path)
        || new LayerPaths(kind.layerKept().getOrDefault(service, List.of())).covers(path);
  }
}
