#pragma once

// What can be done with a case as a whole, for `LongWork`: screens and dialogs reach it through here.
#include "core/engine/sealed_look.h"
#include "ui/bridge/long_work.h"
