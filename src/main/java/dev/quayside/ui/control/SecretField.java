package dev.quayside.ui.control;

import dev.quayside.common.Messages;
import dev.quayside.common.Secret;
import dev.quayside.ui.theme.Look;
import java.util.Arrays;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.text.Text;

/**
 * Takes a secret from the keyboard into a {@code char[]} that is wiped, never into a String. Shows
 * dots; cannot be copied or cut from, and tells assistive technology only that it is a password
 * field. Pasting passes through the clipboard's own String, which nobody can wipe. What it cannot
 * hold as it is, it refuses whole and says so: half of a passphrase would lock an archive for good.
 */
public final class SecretField extends Region {

  private static final int LONGEST = 1024;
  private static final String DOT = "•";
  private static final Pattern LINE_END = Pattern.compile("\\R\\z");

  private final Messages messages = Messages.of("shell");
  private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper();
  private final Label complaint = new Label();
  private final Text dots = new Text();
  private final Line caret = new Line();
  private char[] value = new char[64];
  private int position;

  /** Creates an empty field. */
  public SecretField() {
    getStyleClass().add("secret-field");
    setAccessibleRole(AccessibleRole.PASSWORD_FIELD);
    setFocusTraversable(true);
    dots.getStyleClass().add("dots");
    dots.setManaged(false);
    caret.getStyleClass().add("caret");
    caret.setManaged(false);
    caret.visibleProperty().bind(focusedProperty());
    getChildren().addAll(dots, caret);
    complaint.setWrapText(true);
    complaint.setMinHeight(Region.USE_PREF_SIZE);
    complaint.getStyleClass().addAll(Look.BAD, Look.SMALL, "secret-complaint");
    complaint.managedProperty().bind(complaint.textProperty().isNotEmpty());
    complaint.visibleProperty().bind(complaint.managedProperty());
    addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> requestFocus());
  }

  /** Returns how many characters it holds. */
  public ReadOnlyIntegerProperty length() {
    return length.getReadOnlyProperty();
  }

  /** Returns the line that says what was not taken and why; to be shown below the field. */
  public Label complaint() {
    return complaint;
  }

  /** Hands over what was typed and empties the field. The receiver closes it. */
  public Secret take() {
    Secret secret = peek();
    wipe();
    return secret;
  }

  /** Returns a copy of what was typed so far, which stays in the field. The receiver closes it. */
  public Secret peek() {
    return Secret.owning(Arrays.copyOf(value, length.get()));
  }

  /** Returns whether both fields hold the same characters. */
  public boolean sameAs(SecretField other) {
    try (Secret mine = peek();
        Secret its = other.peek()) {
      return mine.sameAs(its);
    }
  }

  /** Empties the field and overwrites what it held. */
  public void wipe() {
    Arrays.fill(value, '\0');
    position = 0;
    changed(0);
  }

  private void typed(KeyEvent event) {
    String typed = event.getCharacter();
    if (event.isControlDown() || event.isAltDown() || event.isMetaDown() || typed.isEmpty()) {
      return;
    }
    for (int i = 0; i < typed.length(); i++) {
      if (!control(typed.charAt(i))) {
        if (length.get() < LONGEST) {
          insert(typed.charAt(i));
        } else {
          complain("secret.full");
        }
        event.consume();
      }
    }
  }

  private static boolean control(int character) {
    return character < ' ' || character == '\u007f';
  }

  private void complain(String key) {
    complaint.setText(messages.get(key, LONGEST));
  }

  private void pressed(KeyEvent event) {
    boolean handled = true;
    switch (event.getCode()) {
      case BACK_SPACE -> delete(position - 1);
      case DELETE -> delete(position);
      case LEFT -> position = Math.max(0, position - 1);
      case RIGHT -> position = Math.min(length.get(), position + 1);
      case HOME -> position = 0;
      case END -> position = length.get();
      default -> handled = shortcut(event);
    }
    if (handled) {
      event.consume();
      requestLayout();
    }
  }

  private boolean shortcut(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.V) {
      String pasted = Clipboard.getSystemClipboard().getString();
      if (pasted != null) {
        paste(pasted);
      }
      return true;
    }
    if (event.isShortcutDown() && event.getCode() == KeyCode.U) {
      wipe();
      return true;
    }
    return false;
  }

  private void paste(String pasted) {
    // What a terminal or an editor hands over often ends with the end of its line.
    String words = LINE_END.matcher(pasted).replaceFirst("");
    if (words.chars().anyMatch(SecretField::control)) {
      complain("secret.several-lines");
    } else if (length.get() + words.length() > LONGEST) {
      complain("secret.too-long");
    } else {
      words.chars().forEach(character -> insert((char) character));
    }
  }

  private void insert(char character) {
    int size = length.get();
    if (size == value.length) {
      char[] larger = Arrays.copyOf(value, value.length * 2);
      Arrays.fill(value, '\0');
      value = larger;
    }
    System.arraycopy(value, position, value, position + 1, size - position);
    value[position++] = character;
    changed(size + 1);
  }

  private void delete(int at) {
    int size = length.get();
    if (at < 0 || at >= size) {
      return;
    }
    System.arraycopy(value, at + 1, value, at, size - at - 1);
    value[size - 1] = '\0';
    position = at;
    changed(size - 1);
  }

  private void changed(int size) {
    length.set(size);
    complaint.setText("");
    dots.setText(DOT.repeat(size));
    requestLayout();
  }

  @Override
  protected double computePrefHeight(double width) {
    return snappedTopInset() + snappedBottomInset() + Math.ceil(dots.getFont().getSize() * 1.4);
  }

  @Override
  protected void layoutChildren() {
    double left = snappedLeftInset();
    double room = getWidth() - left - snappedRightInset();
    int size = length.get();
    double dotWidth = size == 0 ? 0 : dots.getLayoutBounds().getWidth() / size;
    double at = dotWidth * position;
    double shift = Math.max(0, at - room);
    dots.relocate(left - shift, (getHeight() - dots.getLayoutBounds().getHeight()) / 2);
    caret.setStartX(left + at - shift + 0.5);
    caret.setEndX(left + at - shift + 0.5);
    caret.setStartY(snappedTopInset());
    caret.setEndY(getHeight() - snappedBottomInset());
  }
}
