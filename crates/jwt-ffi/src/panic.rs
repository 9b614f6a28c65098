//! What a panic does where there is no operating system.

use core::panic::PanicInfo;

unsafe extern "C" {
    /// The application defines it: reset, stop the motor, light the lamp. It need not return.
    fn jwt_on_panic();
}

#[panic_handler]
fn on_panic(_: &PanicInfo<'_>) -> ! {
    // SAFETY: a function of the application without arguments, which the README asks it to define.
    unsafe { jwt_on_panic() };
    loop {
        core::hint::spin_loop();
    }
}
