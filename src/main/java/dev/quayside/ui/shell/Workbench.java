package dev.quayside.ui.shell;

import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.ui.action.Actions;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.theme.CanvasColours;
import dev.quayside.ui.theme.ThemeManager;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyObjectProperty;

/**
 * Holds what the window offers its pages.
 *
 * @param status the newest snapshot; changes on the FX thread at each tick
 * @param stacks which stack is chosen in the switcher
 * @param history the last minutes of each container, for sparklines
 * @param actions where pages register what can be done on them
 * @param dialogs asks and tells
 * @param sheets shows a page's own sheets
 * @param jobs runs long work with progress and cancel
 * @param background runs short work off the FX thread
 * @param navigator leads to other pages
 * @param theme what the window looks like
 * @param colours what canvases paint with
 * @param clock the time
 * @param demo whether everything shown is scripted
 */
public record Workbench(
    ReadOnlyObjectProperty<StatusSnapshot> status,
    StackChoice stacks,
    SampleHistory history,
    Actions actions,
    Dialogs dialogs,
    Sheets sheets,
    Jobs jobs,
    Background background,
    Navigator navigator,
    ThemeManager theme,
    CanvasColours colours,
    InstantSource clock,
    boolean demo) {

  /** Returns the same workbench whose pages register what can be done with {@code others}. */
  Workbench with(Actions others) {
    return new Workbench(
        status,
        stacks,
        history,
        others,
        dialogs,
        sheets,
        jobs,
        background,
        navigator,
        theme,
        colours,
        clock,
        demo);
  }
}
