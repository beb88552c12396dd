package dev.quayside.ui.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.feather.FeatherIkonHandler;

/** Names every icon of the window by what it means, so that a missing one cannot be asked for. */
public enum Icon {
  OVERVIEW(Feather.GRID),
  SERVICES(Feather.LAYERS),
  LOGS(Feather.ALIGN_LEFT),
  ENVIRONMENT(Feather.EDIT),
  SECRETS(Feather.KEY),
  BACKUPS(Feather.ARCHIVE),
  SECURITY(Feather.SHIELD),
  ALERTS(Feather.BELL),
  INCIDENTS(Feather.LIFE_BUOY),
  SETTINGS(Feather.SLIDERS),
  JOURNAL(Feather.BOOK_OPEN),
  START(Feather.PLAY),
  STOP(Feather.SQUARE),
  RESTART(Feather.ROTATE_CW),
  RECREATE(Feather.REFRESH_CW),
  REFRESH(Feather.REFRESH_CW),
  SEARCH(Feather.SEARCH),
  FILTER(Feather.FILTER),
  CLEAR(Feather.X),
  CLOSE(Feather.X),
  COPY(Feather.COPY),
  OPEN(Feather.EXTERNAL_LINK),
  SAVE(Feather.DOWNLOAD),
  FILE(Feather.FILE_TEXT),
  FOLDER(Feather.FOLDER),
  ADD(Feather.PLUS),
  REMOVE(Feather.TRASH_2),
  EDIT(Feather.EDIT_2),
  KEEP(Feather.SAVE),
  MORE(Feather.MORE_HORIZONTAL),
  UNDO(Feather.CORNER_UP_LEFT),
  ROTATE(Feather.REPEAT),
  RESTORE(Feather.UPLOAD),
  VERIFY(Feather.CHECK_SQUARE),
  DRILL(Feather.AWARD),
  LOCK(Feather.LOCK),
  UNLOCK(Feather.UNLOCK),
  REVEAL(Feather.EYE),
  MASK(Feather.EYE_OFF),
  OK(Feather.CHECK_CIRCLE),
  CHECK(Feather.CHECK),
  INFO(Feather.INFO),
  WARNING(Feather.ALERT_TRIANGLE),
  DANGER(Feather.ALERT_OCTAGON),
  PROBLEM(Feather.ALERT_CIRCLE),
  UNKNOWN(Feather.HELP_CIRCLE),
  HELP(Feather.HELP_CIRCLE),
  KEYBOARD(Feather.COMMAND),
  PAUSE(Feather.PAUSE),
  FOLLOW(Feather.CHEVRONS_DOWN),
  CPU(Feather.CPU),
  MEMORY(Feather.SERVER),
  DISK(Feather.HARD_DRIVE),
  GPU(Feather.MONITOR),
  NETWORK(Feather.ACTIVITY),
  EXPOSURE(Feather.GLOBE),
  LOOPBACK(Feather.HOME),
  INTERNAL(Feather.BOX),
  STACK(Feather.PACKAGE),
  ENGINE(Feather.ANCHOR),
  OFFLINE(Feather.WIFI_OFF),
  JOBS(Feather.LIST),
  THEME_LIGHT(Feather.SUN),
  THEME_DARK(Feather.MOON),
  TERMINAL(Feather.TERMINAL),
  CLOCK(Feather.CLOCK),
  EXPAND(Feather.CHEVRON_RIGHT),
  COLLAPSE(Feather.CHEVRON_DOWN),
  NEXT(Feather.CHEVRON_DOWN),
  PREVIOUS(Feather.CHEVRON_UP),
  WRAP(Feather.CORNER_DOWN_LEFT),
  QUIT(Feather.LOG_OUT);

  private final Feather glyph;

  Icon(Feather glyph) {
    this.glyph = glyph;
  }

  /** Loads the face of the glyphs, which otherwise the first icon waits for; on any thread. */
  public static void prepare() {
    var _ = GlyphFont.LOADED.text(Feather.ACTIVITY);
  }

  /** Returns a new node that shows it in the colour and size that the style sheet gives. */
  public Text node() {
    Text text = new Text(GlyphFont.LOADED.text(glyph));
    // The first class is the one whose colours AtlantaFX sets; the second sets face and size. It is
    // not a FontIcon,
    // because that one takes its own size for the em of its size and grows without end.
    text.setBoundsType(TextBoundsType.VISUAL);
    text.getStyleClass().addAll("ikonli-font-icon", "icon");
    return text;
  }

  /** Returns a new node that shows it and carries {@code styleClass}. */
  public Text node(String styleClass) {
    Text icon = node();
    icon.getStyleClass().add(styleClass);
    return icon;
  }

  /** Loads the face of the glyphs at the first icon; the style sheet names its family. */
  private enum GlyphFont {
    LOADED;

    GlyphFont() {
      try (InputStream face = new FeatherIkonHandler().getFontResourceAsStream()) {
        if (Font.loadFont(face, 16) == null) {
          throw new IllegalStateException("the face of the icons cannot be read");
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    String text(Feather glyph) {
      return Character.toString(glyph.getCode());
    }
  }
}
