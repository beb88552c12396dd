package dev.quayside.ui.shell;

import java.util.List;
import javafx.scene.Node;

/**
 * Is one page of the window. It is built at its first visit and lives until the window closes. All
 * methods run on the FX thread. The actions that it registers may run only while it is the page
 * that is shown.
 */
public interface Page {

  /** Returns its node, always the same; built in the constructor. */
  Node view();

  /** Tells that it can be seen from now on: observe feeds now, not before. */
  default void shown() {}

  /** Tells that it cannot be seen any more: stop painting. */
  default void hidden() {}

  /**
   * Opens one thing on it, for example a service by its container id; ids it does not know are
   * ignored.
   */
  default void open(String subject) {}

  /** Reads again what it shows (F5). */
  default void refresh() {}

  /** Puts the focus into its search field (Ctrl+F), if it has one. */
  default void find() {}

  /** Tells for people what would be lost if the window closed now. */
  default List<String> unsaved() {
    return List.of();
  }

  /** Ends its subscriptions for good. */
  default void close() {}
}
