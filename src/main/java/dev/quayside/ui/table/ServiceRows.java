package dev.quayside.ui.table;

import dev.quayside.engine.ContainerId;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows in step with the snapshots: rows are found by id and updated in place, additions
 * and removals are one change each, and nothing is replaced, so that selection and scroll position
 * stay. Belongs to the FX thread.
 */
public final class ServiceRows {

  private static final Comparator<ServiceRow> BY_NAME =
      Comparator.comparing(ServiceRow::stack, ServiceRows::unnamedLast)
          .thenComparing(ServiceRow::name)
          .thenComparing(ServiceRow::id);

  private final ObservableList<ServiceRow> rows = FXCollections.observableArrayList();
  // Made once: a view that only its caller holds is collected, and the listeners on it with it.
  private final ObservableList<ServiceRow> view = FXCollections.unmodifiableObservableList(rows);
  private final Map<ContainerId, ServiceRow> known = new HashMap<>();
  private Comparator<ServiceRow> order = BY_NAME;

  /** Returns the rows that are shown, in order. */
  public ObservableList<ServiceRow> rows() {
    return view;
  }

  /** Returns the row of {@code id}, shown or not; null if there is none. */
  public @Nullable ServiceRow find(ContainerId id) {
    return known.get(id);
  }

  /** Takes in the newest services of {@code stacks} and shows those that {@code wanted} accepts. */
  public void update(List<StackStatus> stacks, Predicate<ServiceRow> wanted) {
    Set<ContainerId> present = new HashSet<>();
    List<ServiceRow> shown = new ArrayList<>();
    for (StackStatus stack : stacks) {
      for (ServiceStatus service : stack.services()) {
        ServiceRow row = take(stack.name(), service);
        present.add(row.id());
        if (wanted.test(row)) {
          shown.add(row);
        }
      }
    }
    known.keySet().retainAll(present);
    reconcile(shown);
  }

  private ServiceRow take(String stack, ServiceStatus service) {
    ServiceRow row = known.get(service.container().id());
    if (row == null) {
      row = new ServiceRow(stack, service);
      known.put(row.id(), row);
    } else {
      row.update(stack, service);
    }
    return row;
  }

  private void reconcile(List<ServiceRow> shown) {
    Set<ServiceRow> wanted = new HashSet<>(shown);
    rows.removeIf(row -> !wanted.contains(row));
    Set<ServiceRow> there = new HashSet<>(rows);
    List<ServiceRow> added = new ArrayList<>();
    for (ServiceRow row : shown) {
      if (!there.contains(row)) {
        added.add(row);
      }
    }
    if (added.isEmpty()) {
      return;
    }
    added.sort(order);
    if (rows.isEmpty()) {
      rows.addAll(added);
    } else {
      added.forEach(row -> rows.add(placeOf(row), row));
    }
  }

  private int placeOf(ServiceRow row) {
    for (int i = 0; i < rows.size(); i++) {
      if (order.compare(row, rows.get(i)) < 0) {
        return i;
      }
    }
    return rows.size();
  }

  /**
   * Sorts by {@code wanted} from now on; rows that are equal by it stay by name. Null is by name
   * alone.
   */
  public void order(@Nullable Comparator<ServiceRow> wanted) {
    order = wanted == null ? BY_NAME : wanted.thenComparing(BY_NAME);
    sort();
  }

  /** Puts the rows in order, if they are not; a permutation, so that the selection moves along. */
  public void sort() {
    for (int i = 1; i < rows.size(); i++) {
      if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
        rows.sort(order);
        return;
      }
    }
  }

  private static int unnamedLast(String left, String right) {
    return left.isEmpty() != right.isEmpty() ? (left.isEmpty() ? 1 : -1) : left.compareTo(right);
  }
}
