package dev.quayside.ui.services;

import dev.quayside.common.Messages;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;

/**
 * Holds the actions of the page; they concern the selected services.
 *
 * @param start starts
 * @param stop stops
 * @param restart restarts
 * @param recreate makes anew
 * @param up makes and starts what is missing of the chosen stack
 * @param selectAll selects every listed service
 */
record ServicesActions(
    Action start, Action stop, Action restart, Action recreate, Action up, Action selectAll) {

  static ServicesActions of(
      ServicesModel model,
      Supplier<List<ServiceRow>> selected,
      ObservableBooleanValue some,
      ObservableValue<String> stack,
      Runnable selectAll) {
    return new ServicesActions(
        change(LifecycleRequest.Action.START, Icon.START, model, selected, some),
        change(LifecycleRequest.Action.STOP, Icon.STOP, model, selected, some),
        change(LifecycleRequest.Action.RESTART, Icon.RESTART, model, selected, some),
        change(LifecycleRequest.Action.RECREATE, Icon.RECREATE, model, selected, some),
        action("up", Icon.START, () -> model.startStack(stack.getValue()))
            .enabledWhen(Bindings.createBooleanBinding(() -> !stack.getValue().isEmpty(), stack)),
        action("all", Icon.CHECK, selectAll));
  }

  private static Action change(
      LifecycleRequest.Action what,
      Icon icon,
      ServicesModel model,
      Supplier<List<ServiceRow>> selected,
      ObservableBooleanValue some) {
    return action(
            what.name().toLowerCase(Locale.ROOT), icon, () -> model.change(what, selected.get()))
        .enabledWhen(some);
  }

  private static Action action(String id, Icon icon, Runnable handler) {
    Messages messages = Messages.of("services");
    return Action.of(
        "services." + id, messages.get("title"), messages.get("action." + id), icon, handler);
  }

  Action[] all() {
    return new Action[] {start, stop, restart, recreate, up, selectAll};
  }
}
