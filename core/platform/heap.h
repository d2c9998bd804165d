#pragma once

namespace cordon::platform {

/// From now on threads share one heap. Otherwise each keeps what others gave back of its memory for itself: where one
/// thread makes what another one uses up, that is half as much again. To be called before threads begin.
void shareHeap();

} // namespace cordon::platform
