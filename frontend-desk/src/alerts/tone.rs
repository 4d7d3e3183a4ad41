//! The tones, made by the browser itself: a rising pair for a new guest, a soft short pair for a message, a loud falling
//! pair for an agent whom guests wait for.

use crate::state::News;
use leptos::task::spawn_local;
use leptos::web_sys::{AudioContext, AudioContextState, OscillatorType};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// One note.
struct Note {
    hertz: f32,
    /// Seconds after the beginning.
    at: f64,
    lasts: f64,
    loudness: f32,
}

const fn notes(news: News) -> [Note; 2] {
    match news {
        News::Guest => [
            Note {
                hertz: 659.26,
                at: 0.0,
                lasts: 0.22,
                loudness: 0.22,
            },
            Note {
                hertz: 987.77,
                at: 0.14,
                lasts: 0.42,
                loudness: 0.22,
            },
        ],
        News::Message => [
            Note {
                hertz: 880.0,
                at: 0.0,
                lasts: 0.12,
                loudness: 0.11,
            },
            Note {
                hertz: 783.99,
                at: 0.09,
                lasts: 0.2,
                loudness: 0.11,
            },
        ],
        News::Away => [
            Note {
                hertz: 987.77,
                at: 0.0,
                lasts: 0.4,
                loudness: 0.35,
            },
            Note {
                hertz: 659.26,
                at: 0.3,
                lasts: 0.7,
                loudness: 0.35,
            },
        ],
    }
}

/// Browsers are silent until the page has been touched; what comes before that is not heard, and we say so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sounder {
    context: StoredValue<Option<AudioContext>, LocalStorage>,
    /// The page has been touched.
    ready: RwSignal<bool>,
}

impl Sounder {
    pub(super) fn start() -> Self {
        let sounder = Self {
            context: StoredValue::new_local(None),
            ready: RwSignal::new(false),
        };
        let touch = move || {
            if !sounder.ready.get_untracked() {
                sounder.wake();
            }
        };
        let pointer = window_event_listener(ev::pointerup, move |_| touch());
        let key = window_event_listener(ev::keydown, move |_| touch());
        on_cleanup(move || {
            pointer.remove();
            key.remove();
            if let Some(context) = sounder.context.try_get_value().flatten() {
                drop(context.close());
            }
        });
        sounder
    }

    /// Tones can be heard.
    pub(super) fn is_ready(self) -> bool {
        self.ready.get()
    }

    fn wake(self) {
        let Ok(context) = AudioContext::new() else { return };
        self.ready.set(context.state() == AudioContextState::Running);
        self.context.set_value(Some(context));
    }

    pub(super) fn play(self, news: News) {
        let Some(context) = self.context.try_get_value().flatten() else {
            return;
        };
        spawn_local(async move {
            // It sleeps in between, or the loudspeaker would be kept awake all day.
            let awake = match context.resume() {
                Ok(resumed) => JsFuture::from(resumed).await.is_ok(),
                Err(_) => false,
            };
            if awake {
                // What cannot be played now will not be missed later.
                drop(schedule(&context, &notes(news)));
            }
        });
    }
}

fn schedule(context: &AudioContext, notes: &[Note]) -> Result<(), JsValue> {
    let now = context.current_time() + 0.02;
    for note in notes {
        let (from, to) = (now + note.at, now + note.at + note.lasts);
        let (oscillator, volume) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.set_type(OscillatorType::Sine);
        oscillator.frequency().set_value(note.hertz);
        // Struck and fading, like a bell; an abrupt edge would click.
        volume.gain().set_value_at_time(0.0, from)?;
        volume
            .gain()
            .linear_ramp_to_value_at_time(note.loudness, from + 0.012)?;
        volume.gain().exponential_ramp_to_value_at_time(0.000_1, to)?;
        oscillator.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(from)?;
        oscillator.stop_with_when(to)?;
    }
    Ok(())
}
