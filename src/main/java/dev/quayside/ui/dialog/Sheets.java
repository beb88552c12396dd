package dev.quayside.ui.dialog;

import atlantafx.base.controls.ModalPane;
import dev.quayside.ui.fx.FxThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * Shows sheets over the window, one at a time; a sheet opened by another covers it until it is
 * closed. While one is shown the focus stays inside it; afterwards it goes back to where it was.
 * Belongs to the FX thread.
 */
public final class Sheets {

  private final ModalPane pane = new ModalPane();
  private final Deque<Open> open = new ArrayDeque<>();
  private final ChangeListener<@Nullable Node> keepFocus =
      (source, before, now) -> returnFocus(now);

  /** Creates the layer; put {@link #layer} over the window's content. */
  public Sheets() {
    pane.setId("sheets");
    pane.setAlignment(Pos.CENTER);
    pane.setPersistent(true);
    pane.setFocusTraversable(false);
    pane.setInTransitionFactory(null);
    pane.setOutTransitionFactory(null);
    pane.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && !open.isEmpty()) {
            event.consume();
            dismiss();
          }
        });
    pane.displayProperty()
        .addListener((source, before, now) -> {
          if (!now) {
            forgetAll();
          }
        });
  }

  /** Returns the node to put over the window's content. */
  public Node layer() {
    return pane;
  }

  /** Returns whether a sheet is shown. */
  public ReadOnlyBooleanProperty showing() {
    return ReadOnlyBooleanProperty.readOnlyBooleanProperty(pane.displayProperty());
  }

  /** Shows {@code sheet} over whatever is shown. */
  public void show(Sheet sheet) {
    show(sheet, () -> {});
  }

  /** Shows {@code sheet}; {@code dismissed} runs if it is closed with Escape. */
  public void show(Sheet sheet, Runnable dismissed) {
    FxThread.check();
    Scene scene = pane.getScene();
    Node owner = scene == null ? null : scene.getFocusOwner();
    if (scene != null && open.isEmpty()) {
      scene.focusOwnerProperty().addListener(keepFocus);
    }
    open.push(new Open(sheet, owner, dismissed));
    pane.show(sheet);
    pane.applyCss();
    pane.layout();
    FxThread.later(() -> focusTop(sheet));
  }

  /** Closes {@code sheet} if it is the one on top. */
  public void close(Sheet sheet) {
    if (open.isEmpty() || open.peek().sheet() != sheet) {
      return;
    }
    Open closed = open.pop();
    if (open.isEmpty()) {
      stopKeepingFocus();
      pane.hide(true);
      pane.setContent(null);
      if (closed.before() != null) {
        closed.before().requestFocus();
      }
    } else {
      Sheet below = open.peek().sheet();
      pane.show(below);
      FxThread.later(() -> focusTop(below));
    }
  }

  private void dismiss() {
    Open top = open.peek();
    if (top != null) {
      close(top.sheet());
      top.dismissed().run();
    }
  }

  private void forgetAll() {
    if (!open.isEmpty()) {
      stopKeepingFocus();
      List<Open> gone = List.copyOf(open);
      open.clear();
      // What was typed into them is wiped, however they went.
      gone.forEach(each -> each.dismissed().run());
    }
  }

  private void stopKeepingFocus() {
    if (pane.getScene() != null) {
      pane.getScene().focusOwnerProperty().removeListener(keepFocus);
    }
  }

  private void focusTop(Sheet sheet) {
    if (!open.isEmpty() && open.peek().sheet() == sheet) {
      sheet.takeFocus();
    }
  }

  private void returnFocus(@Nullable Node owner) {
    Open top = open.peek();
    if (top != null && (owner == null || !inside(owner))) {
      FxThread.later(() -> focusTopUnlessInside(top.sheet()));
    }
  }

  /** Between two nodes nobody has the focus for a moment; by now one inside may have taken it. */
  private void focusTopUnlessInside(Sheet sheet) {
    Scene scene = pane.getScene();
    Node owner = scene == null ? null : scene.getFocusOwner();
    if (owner == null || !inside(owner)) {
      focusTop(sheet);
    }
  }

  private boolean inside(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (pane.equals(at)) {
        return true;
      }
    }
    return false;
  }

  private record Open(Sheet sheet, @Nullable Node before, Runnable dismissed) {}
}
