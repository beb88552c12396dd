package dev.quayside.bed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a class that carries {@code @Tag("bed")} and leaves containers or volumes on the engine,
 * without being asked. The next class counts what is there, and what a test leaves the program may
 * have left.
 */
public final class BedLeavings implements BeforeAllCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(BedLeavings.class);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (watched(context)) {
      context.getStore(NAMESPACE).put(BedLeavings.class, present(Bed.required()));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (!watched(context)) {
      return;
    }
    Bed bed = Bed.required();
    Set<?> before = context.getStore(NAMESPACE).get(BedLeavings.class, Set.class);
    List<String> left = new ArrayList<>();
    for (Thing thing : present(bed)) {
      if (before == null || !before.contains(thing)) {
        left.add(bed.docker(thing.kind(), "inspect", thing.name()));
      }
    }
    if (!left.isEmpty()) {
      throw new AssertionError("left on the engine:\n" + String.join("\n", left));
    }
  }

  private static boolean watched(ExtensionContext context) {
    return context.getTags().contains("bed")
        && context.getParent().filter(parent -> parent.getTestClass().isPresent()).isEmpty();
  }

  private static Set<Thing> present(Bed bed) throws IOException, InterruptedException {
    Set<Thing> things = new TreeSet<>();
    bed.docker("ps", "-aq").lines().forEach(name -> things.add(new Thing("container", name)));
    bed.docker("volume", "ls", "-q").lines().forEach(name -> things.add(new Thing("volume", name)));
    return things;
  }

  private record Thing(String kind, String name) implements Comparable<Thing> {
    @Override
    public int compareTo(Thing other) {
      return toString().compareTo(other.toString());
    }
  }
}
