package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Collects where a restore goes and which parts of it. Belongs to the FX thread. */
final class RestoreTarget {

  private final String own;
  private final List<String> stacks;
  private final ObservableList<CreateModel.Choice<ArchivePlan.Part>> parts =
      FXCollections.observableArrayList(choice -> new Observable[] {choice.taken()});
  private final ObjectProperty<@Nullable String> stack = new SimpleObjectProperty<>();
  private final BooleanProperty over = new SimpleBooleanProperty();
  private final BooleanProperty unknownOrigin = new SimpleBooleanProperty();
  private final BooleanBinding plannable;

  /**
   * Offers {@code stacks}; the archive's own is chosen if it is among them, else an empty folder.
   */
  RestoreTarget(ArchivePlan plan, List<String> stacks) {
    this.own = plan.stack();
    this.stacks = List.copyOf(stacks);
    plan.parts().stream()
        .filter(RestoreTarget::choosable)
        .forEach(part -> parts.add(new CreateModel.Choice<>(part)));
    boolean here = stacks.contains(own);
    stack.set(here ? own : stacks.isEmpty() ? null : stacks.getFirst());
    over.set(here);
    this.plannable =
        Bindings.createBooleanBinding(
            () ->
                over.get()
                    && stack.get() != null
                    && parts.stream().anyMatch(choice -> choice.taken().get()),
            over,
            stack,
            parts);
  }

  /**
   * Returns whether a part can be left out by itself; the others come along, or stay as they are.
   */
  static boolean choosable(ArchivePlan.Part part) {
    return part.kind() != ArchivePlan.PartKind.FILE
        && part.kind() != ArchivePlan.PartKind.POSTGRES_GLOBALS
        && !part.kind().inPlace();
  }

  /** Returns the stacks that it can go over. */
  List<String> stacks() {
    return stacks;
  }

  ObservableList<CreateModel.Choice<ArchivePlan.Part>> parts() {
    return parts;
  }

  /** The stack it goes over; null where there is none. */
  ObjectProperty<@Nullable String> stack() {
    return stack;
  }

  /** Whether it goes over {@link #stack}, or into an empty folder. */
  BooleanProperty over() {
    return over;
  }

  /** Whether an archive is taken of which it is not proven who made it. */
  BooleanProperty unknownOrigin() {
    return unknownOrigin;
  }

  /** Returns whether enough is said to plan a restore over a stack. */
  BooleanBinding plannable() {
    return plannable;
  }

  /** Returns whether the chosen stack is another than the archive's. */
  boolean foreign() {
    return !own.equals(stack.get());
  }

  /** Returns the parts to name; none while all are taken. */
  List<String> named() {
    return parts.stream().allMatch(choice -> choice.taken().get())
        ? List.of()
        : parts.stream()
            .filter(choice -> choice.taken().get())
            .map(choice -> choice.what().path())
            .toList();
  }
}
